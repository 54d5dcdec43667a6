/**
 * CloudFront Function, viewer request: a page of the console has no file of its own, its document answers. A page's address may have a
 * dot, as a model's name may: where a browser goes to one, it accepts HTML, which it does not say of a script, style or picture.
 */
export const consolePaths = `function handler(event) {
  var request = event.request;
  var accept = request.headers.accept ? request.headers.accept.value : "";
  var isFile = request.uri.indexOf("/assets/") === 0 || (request.uri.split("/").pop().indexOf(".") >= 0 && accept.indexOf("text/html") < 0);
  if (!isFile) request.uri = "/index.html";
  return request;
}`;
