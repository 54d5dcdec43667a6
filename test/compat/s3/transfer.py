"""Uses an S3 server through boto3's transfer manager, its plain client and presigned URLs. Arguments: endpoint, bucket, scratch folder."""

import hashlib
import json
import os
import sys
import threading
import urllib.error
import urllib.request

import boto3
from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import ClientError

endpoint, bucket, scratch = sys.argv[1:4]
session = boto3.session.Session(aws_access_key_id="test", aws_secret_access_key="test", region_name="us-east-1")
s3 = session.client("s3", endpoint_url=endpoint, config=Config(signature_version="s3v4", s3={"addressing_style": "path"}, retries={"max_attempts": 1}))
seen = {}


def sha256(path):
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


# Sixty-four megabytes in parts of eight, four at a time, up and down.
source, target = os.path.join(scratch, "source"), os.path.join(scratch, "target")
with open(source, "wb") as file:
    for number in range(64):
        file.write(bytes([number]) * 1024 * 1024)
config = TransferConfig(multipart_threshold=8 * 1024 * 1024, multipart_chunksize=8 * 1024 * 1024, max_concurrency=4)
progress = []
s3.upload_file(source, bucket, "dir/big é+.bin", Config=config, ExtraArgs={"Metadata": {"kind": "test"}}, Callback=progress.append)
head = s3.head_object(Bucket=bucket, Key="dir/big é+.bin")
s3.download_file(bucket, "dir/big é+.bin", target, Config=config)
seen["transfer"] = {
    "size": head["ContentLength"],
    "metadata": head["Metadata"],
    "parts": head["ETag"].strip('"').rsplit("-", 1)[-1],
    "reported": sum(progress),
    "same": sha256(source) == sha256(target),
}

# An upload that stopped after two parts is found again and finished.
part = b"p" * 5 * 1024 * 1024
first = s3.create_multipart_upload(Bucket=bucket, Key="resumed")["UploadId"]
for number in (1, 2):
    s3.upload_part(Bucket=bucket, Key="resumed", UploadId=first, PartNumber=number, Body=part)
found = next(upload for upload in s3.list_multipart_uploads(Bucket=bucket)["Uploads"] if upload["Key"] == "resumed")
listed = s3.list_parts(Bucket=bucket, Key="resumed", UploadId=found["UploadId"])["Parts"]
last = s3.upload_part(Bucket=bucket, Key="resumed", UploadId=first, PartNumber=3, Body=b"end")
keep = ("PartNumber", "ETag", "ChecksumCRC32", "ChecksumCRC64NVME")
parts = [{name: one[name] for name in keep if name in one} for one in listed]
parts.append({"PartNumber": 3, **{name: last[name] for name in keep[1:] if name in last}})
s3.complete_multipart_upload(Bucket=bucket, Key="resumed", UploadId=first, MultipartUpload={"Parts": parts})
seen["resumed"] = {
    "listed": [one["PartNumber"] for one in listed],
    "size": s3.head_object(Bucket=bucket, Key="resumed")["ContentLength"],
    "tail": s3.get_object(Bucket=bucket, Key="resumed", Range="bytes=-5")["Body"].read().decode(),
}

# A presigned URL needs nothing but an HTTP client.
put = s3.generate_presigned_url("put_object", Params={"Bucket": bucket, "Key": "a b/é.txt", "ContentType": "text/plain"}, ExpiresIn=60)
urllib.request.urlopen(urllib.request.Request(put, data=b"by url", method="PUT", headers={"Content-Type": "text/plain"})).close()
get = s3.generate_presigned_url("get_object", Params={"Bucket": bucket, "Key": "a b/é.txt"}, ExpiresIn=60)
with urllib.request.urlopen(get) as reply:
    seen["presigned"] = {"body": reply.read().decode(), "type": reply.headers["content-type"]}
try:
    urllib.request.urlopen(get.replace("X-Amz-Expires=60", "X-Amz-Expires=600"))
except urllib.error.HTTPError as error:
    seen["presigned"]["changed"] = error.code

# Threads that write the same key never leave a mixture.
bodies = [bytes([number]) * 200_000 for number in range(8)]
threads = [threading.Thread(target=lambda body=body: s3.put_object(Bucket=bucket, Key="raced", Body=body)) for body in bodies]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
seen["raced"] = s3.get_object(Bucket=bucket, Key="raced")["Body"].read() in bodies

# Listings, errors, a copy through the transfer manager (parts copied from ranges), deletion of many.
s3.copy({"Bucket": bucket, "Key": "dir/big é+.bin"}, bucket, "copied", Config=config)
seen["copied"] = s3.head_object(Bucket=bucket, Key="copied")["ContentLength"]
keys = [one["Key"] for page in s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, PaginationConfig={"PageSize": 2}) for one in page["Contents"]]
seen["keys"] = keys
s3.delete_objects(Bucket=bucket, Delete={"Objects": [{"Key": key} for key in keys]})
seen["left"] = s3.list_objects_v2(Bucket=bucket)["KeyCount"]
try:
    s3.get_object(Bucket=bucket, Key="raced")
except ClientError as error:
    seen["missing"] = error.response["Error"]["Code"]
print(json.dumps(seen))
