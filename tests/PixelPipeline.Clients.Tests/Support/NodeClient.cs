using System.Security.Cryptography;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace PixelPipeline.Clients.Tests.Support;

/// <summary>Node with <c>@google-cloud/bigquery</c>, installed once under artifacts/ as the lock file says.</summary>
internal static partial class NodeClient
{
    private static readonly Lazy<Task<(string? Modules, string Reason)>> Installed = new(InstallAsync);
    private static readonly Lazy<Task<NodeHost>> Host = new(StartHostAsync);

    private static string Sources => Path.Combine(Repository.Root, "tests", "PixelPipeline.Clients.Tests", "Node");

    /// <summary>
    /// What the body of an async function returns, where <c>bigquery</c> is the client and <c>failure(call)</c> gives the
    /// error that a call ends with. Asks the pipeline that the tests share. Skips the test where node or the client is missing.
    /// </summary>
    public static async Task<JsonNode?> EvaluateAsync(string body) => await EvaluateAsync((await SharedPipeline.StartedAsync()).BigQueryHost, body);

    /// <summary>Likewise, of another BigQuery.</summary>
    public static async Task<JsonNode?> EvaluateAsync(string bigQueryHost, string body)
    {
        await ModulesAsync();
        return await (await Host.Value).EvaluateAsync(bigQueryHost, body);
    }

    /// <summary>Ends what evaluates, if it was started.</summary>
    public static async Task EndAsync()
    {
        if (Host.IsValueCreated && Host.Value.IsCompletedSuccessfully)
        {
            await (await Host.Value).DisposeAsync();
        }
    }

    /// <summary>Runs node against the pipeline that the tests share. Skips the test where it or the client is missing.</summary>
    public static async Task<ToolResult> RunAsync(string[] arguments, string folder)
    {
        var environment = EnvironmentOf(await ModulesAsync());
        environment["BIGQUERY_EMULATOR_HOST"] = $"http://{(await SharedPipeline.StartedAsync()).BigQueryHost}";
        return await Tool.Node.RunAsync(arguments, environment, folder);
    }

    private static async Task<NodeHost> StartHostAsync()
    {
        var modules = await ModulesAsync();
        return new NodeHost(modules, EnvironmentOf(modules));
    }

    private static Dictionary<string, string> EnvironmentOf(string modules) => new()
    {
        ["NODE_PATH"] = modules,
        ["METADATA_SERVER_DETECTION"] = "none", // else it looks whether it runs in Google's cloud
    };

    private static async Task<string> ModulesAsync()
    {
        Tool.Node.Require();
        Tool.Npm.Require();
        var (modules, reason) = await Installed.Value;
        if (modules is null)
        {
            Assert.Ignore($"@google-cloud/bigquery cannot be installed; see that npm reaches its registry: {reason}");
        }

        return modules!;
    }

    /// <summary>Installs into a folder that is named by the lock file, and is there whole or not at all.</summary>
    private static async Task<(string? Modules, string Reason)> InstallAsync()
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(Path.Combine(Sources, "package-lock.json"))));
        var clients = Path.Combine(Repository.Root, "artifacts", "clients");
        var installed = Path.Combine(clients, "node-" + hash[..16]);
        if (!Directory.Exists(installed))
        {
            var fresh = Directory.CreateDirectory(Path.Combine(clients, $"new-{Guid.NewGuid():N}")).FullName;
            foreach (var name in new[] { "package.json", "package-lock.json", ".npmrc" })
            {
                File.Copy(Path.Combine(Sources, name), Path.Combine(fresh, name));
            }

            var result = await Tool.Npm.RunAsync(["ci", "--no-audit", "--no-fund", "--ignore-scripts"], new Dictionary<string, string>(), fresh);
            if (result.ExitCode != 0)
            {
                Directory.Delete(fresh, recursive: true);
                return Lacking().IsMatch(result.Errors) ? (null, result.Errors.Trim()) : throw new InvalidOperationException(result.Errors);
            }

            Directory.Move(fresh, installed);
        }

        return (Path.Combine(installed, "node_modules"), "");
    }

    /// <summary>What a machine lacks: a network, a registry, a package there. A lock file that does not fit is a failure.</summary>
    [GeneratedRegex(@"code (E40[134]|E5\d\d|ETARGET|ENOTFOUND|ECONN\w+|ETIMEDOUT|EAI_AGAIN|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT|SELF_SIGNED_CERT\w*|UNABLE_TO_\w+)")]
    private static partial Regex Lacking();
}
