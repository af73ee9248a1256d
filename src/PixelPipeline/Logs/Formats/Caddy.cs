namespace PixelPipeline.Logs.Formats;

/// <summary>Caddy's access log, as its JSON encoder writes it.</summary>
/// <seealso href="https://caddyserver.com/docs/caddyfile/directives/log"/>
internal sealed class Caddy() : JsonFormat(new JsonNames
{
    Time = ["ts"],
    Method = ["request/method"],
    Url = ["request/uri"],
    UserAgent = ["request/headers/User-Agent"],
    Referer = ["request/headers/Referer"],
    Address = ["request/client_ip", "request/remote_ip"],
    Marks = [["request/uri"], ["request/method"]],
})
{
    public override string Label => "caddy";
}
