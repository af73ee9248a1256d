using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace PixelPipeline.Clients.Tests.Support;

/// <summary>Google's Pub/Sub emulator as a process, on a free port.</summary>
internal sealed class PubSubEmulator : IDisposable
{
    private const string Hint = "gcloud components install pubsub-emulator, or apt-get install google-cloud-cli-pubsub-emulator";

    private readonly HttpClient _http = new();
    private readonly int _port = FreePort.Take();
    private readonly string _jar;
    private Process? _process;

    private PubSubEmulator(string jar) => _jar = jar;

    /// <summary><c>127.0.0.1:8085</c>.</summary>
    public string Host => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{_port}");

    /// <summary>Skips the test, with the reason, where the emulator or Java is missing.</summary>
    public static async Task<PubSubEmulator> StartedAsync()
    {
        Tool.Java.Require();
        var emulator = new PubSubEmulator(FindJar());
        await emulator.StartAsync();
        return emulator;
    }

    /// <summary>Starts it, with nothing in it, and waits until it answers.</summary>
    public async Task StartAsync()
    {
        string[] arguments = ["-jar", _jar, "--host=127.0.0.1", string.Create(CultureInfo.InvariantCulture, $"--port={_port}")];
        var start = new ProcessStartInfo(Tool.Java.Require(), arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        _process = Process.Start(start)!;
        _process.BeginOutputReadLine(); // read, or it would stand still with its pipe full
        _process.BeginErrorReadLine();
        await Eventually.IsTrueAsync(AnswersAsync, "the emulator answers");
    }

    /// <summary>Ends it like a power cut, and forgets all that was in it.</summary>
    public void Kill()
    {
        _process!.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _process = null;
    }

    /// <summary>A resource, such as <c>projects/local/topics/pixel-hits</c>.</summary>
    public async Task<JsonNode> GetAsync(string name) =>
        JsonNode.Parse(await _http.GetStringAsync(new Uri($"http://{Host}/v1/{name}")))!;

    /// <summary>Publishes one message.</summary>
    public async Task PublishAsync(string topic, string data)
    {
        var body = $$"""{"messages":[{"data":"{{Convert.ToBase64String(Encoding.UTF8.GetBytes(data))}}"}]}""";
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await _http.PostAsync(new Uri($"http://{Host}/v1/{topic}:publish"), content);
        answer.EnsureSuccessStatusCode();
    }

    public void Dispose()
    {
        if (_process is not null)
        {
            Kill();
        }

        _http.Dispose();
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            using var answer = await _http.GetAsync(new Uri($"http://{Host}/"));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return !_process!.HasExited ? false : throw new InvalidOperationException("The emulator ended.");
        }
    }

    /// <summary>The emulator's jar in the SDK that gcloud is of.</summary>
    private static string FindJar()
    {
        var gcloud = Tool.Gcloud.Require();
        var program = File.ResolveLinkTarget(gcloud, returnFinalTarget: true)?.FullName ?? gcloud;
        var folder = Path.Combine(Path.GetDirectoryName(program)!, "..", "platform", "pubsub-emulator", "lib");
        var jar = Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "cloud-pubsub-emulator-*.jar").FirstOrDefault() : null;
        if (jar is null)
        {
            Assert.Ignore($"The Pub/Sub emulator is not installed; {Hint}");
        }

        return jar!;
    }
}
