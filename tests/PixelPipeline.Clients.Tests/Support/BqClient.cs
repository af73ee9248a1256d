using System.Text.Json.Nodes;

namespace PixelPipeline.Clients.Tests.Support;

/// <summary>The <c>bq</c> of the Google Cloud SDK, against a local BigQuery.</summary>
internal sealed class BqClient(string bigQueryHost)
{
    /// <summary>Against the pipeline that the tests share. Skips the test where bq is missing.</summary>
    public static async Task<BqClient> OnSharedPipelineAsync()
    {
        Tool.Bq.Require();
        return new BqClient((await SharedPipeline.StartedAsync()).BigQueryHost);
    }

    /// <summary>Runs a command, such as <c>ls pixels</c>; flags that go before it can stand first.</summary>
    public Task<ToolResult> RunAsync(params string[] command) => RunAsync(command, input: "");

    /// <summary>Likewise, with standard input.</summary>
    public async Task<ToolResult> RunAsync(string[] command, string input)
    {
        // A home of its own: neither the user's settings nor another bq that starts at the same time count.
        using var home = new TempFolder();
        string[] flags = ["--api", $"http://{bigQueryHost}", "--oauth_access_token=x", "--project_id=local", "--format=json", "--quiet"];
        return await Tool.Bq.RunAsync([.. flags, .. command], EnvironmentOf(home.Path), home.Path, input);
    }

    /// <summary>Runs a command that answers with JSON.</summary>
    public async Task<JsonNode> JsonAsync(params string[] command) => JsonNode.Parse((await RunAsync(command)).Succeeded())!;

    /// <summary>What keeps bq from looking at this machine's user.</summary>
    public static Dictionary<string, string> EnvironmentOf(string home) => new()
    {
        ["HOME"] = home,
        ["CLOUDSDK_CONFIG"] = Path.Combine(home, "gcloud"),
        ["CLOUDSDK_CORE_DISABLE_PROMPTS"] = "1",
    };
}
