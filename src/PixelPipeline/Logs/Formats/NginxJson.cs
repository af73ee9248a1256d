namespace PixelPipeline.Logs.Formats;

/// <summary>
/// JSON that an nginx <c>log_format</c> with <c>escape=json</c> writes, under the names that people commonly give: the
/// variables' own, or short ones. The query must stand in the request line, in <c>request_uri</c> or beside the path.
/// </summary>
/// <seealso href="https://nginx.org/en/docs/http/ngx_http_log_module.html#log_format"/>
internal sealed class NginxJson() : JsonFormat(new JsonNames
{
    Time = ["msec", "time_iso8601", "@timestamp", "timestamp", "time_local", "time", "ts"],
    Method = ["request_method", "method"],
    Url = ["request_uri", "uri"],
    Query = ["args", "query_string", "query"],
    Request = ["request"],
    Status = ["status"],
    UserAgent = ["http_user_agent", "user_agent", "agent"],
    Referer = ["http_referer", "http_referrer", "referer", "referrer"],
    Address = ["remote_addr", "remote_ip", "client_ip", "client"],
    Marks = [["request", "request_uri", "uri"], ["request", "request_method", "method"], ["remote_addr", "remote_ip", "client_ip", "client"]],
})
{
    public override string Label => "nginx-json";
}
