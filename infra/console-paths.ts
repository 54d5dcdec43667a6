/** CloudFront Function, viewer request: a page of the console has no file of its own, its document answers. */
export const consolePaths = `function handler(event) {
  var request = event.request;
  if (request.uri.split("/").pop().indexOf(".") < 0) request.uri = "/index.html";
  return request;
}`;
