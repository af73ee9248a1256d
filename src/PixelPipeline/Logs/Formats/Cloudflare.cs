namespace PixelPipeline.Logs.Formats;

/// <summary>Cloudflare's HTTP requests as Logpush writes them: one JSON object a line, with the fields that the job was given.</summary>
/// <seealso href="https://developers.cloudflare.com/logs/logpush/logpush-job/datasets/zone/http_requests/"/>
internal sealed class Cloudflare() : JsonFormat(new JsonNames
{
    Time = ["EdgeStartTimestamp", "EdgeEndTimestamp"],
    Method = ["ClientRequestMethod"],
    Url = ["ClientRequestURI"],
    UserAgent = ["ClientRequestUserAgent"],
    Referer = ["ClientRequestReferer"],
    Address = ["ClientIP"],
    Marks = [["ClientRequestURI"], ["ClientRequestMethod"]],
})
{
    public override string Label => "cloudflare";
}
