namespace PixelPipeline.Logs.Formats;

/// <summary>Traefik's access log with <c>format: json</c>. User agent and referer are there once its settings keep these headers.</summary>
/// <seealso href="https://doc.traefik.io/traefik/observability/access-logs/"/>
internal sealed class Traefik() : JsonFormat(new JsonNames
{
    Time = ["StartUTC", "StartLocal", "time"],
    Method = ["RequestMethod"],
    Url = ["RequestPath"],
    UserAgent = ["request_User-Agent"],
    Referer = ["request_Referer"],
    Address = ["ClientHost"],
    Marks = [["RequestPath"], ["RequestMethod"]],
})
{
    public override string Label => "traefik";
}
