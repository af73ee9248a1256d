namespace PixelPipeline.Logs.Formats;

/// <summary>Fastly's log streaming with the JSON format that its pages give. Its default for syslog is the common format: <see cref="Combined"/>.</summary>
/// <seealso href="https://www.fastly.com/documentation/guides/integrations/logging/custom-log-formats/"/>
internal sealed class Fastly() : JsonFormat(new JsonNames
{
    Time = ["timestamp", "time_start"],
    Method = ["request_method"],
    Url = ["url"],
    UserAgent = ["request_user_agent"],
    Referer = ["request_referer"],
    Address = ["client_ip"],
    Marks = [["url"], ["request_method"], ["client_ip"], ["request_user_agent", "request_referer", "fastly_is_edge", "fastly_server", "response_state"]],
})
{
    public override string Label => "fastly";
}
