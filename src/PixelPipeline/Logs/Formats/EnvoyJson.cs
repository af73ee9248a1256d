namespace PixelPipeline.Logs.Formats;

/// <summary>Envoy's and Istio's access log as JSON, with the names of their own examples.</summary>
/// <seealso href="https://www.envoyproxy.io/docs/envoy/latest/configuration/observability/access_log/usage"/>
internal sealed class EnvoyJson() : JsonFormat(new JsonNames
{
    Time = ["start_time"],
    Method = ["method"],
    Url = ["x_envoy_original_path", "path"],
    UserAgent = ["user_agent"],
    Referer = ["referer"],
    Address = ["x_forwarded_for", "downstream_remote_address"],
    Marks = [["start_time"], ["path"], ["method"]],
})
{
    public override string Label => "envoy-json";
}
