using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using PixelPipeline.Functions.Tests.FrameworkContract;
using PixelPipeline.GoogleCloud.Tests.ClientContract;

namespace PixelPipeline.Functions.Tests;

/// <summary>The built function in a process of its own, in an empty working directory, in front of a recording BigQuery.</summary>
internal sealed class PixelFunctionProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TempFolder _folder = new();
    private readonly ConcurrentQueue<string> _output = new();
    private readonly ConcurrentQueue<string> _errors = new();
    private readonly Process _process;

    private PixelFunctionProcess(string assembly, RecordingBigQuery bigQuery, (string Name, string? Value)[] settings)
    {
        BigQuery = bigQuery;
        var port = FreePort.Take();
        Http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}/"), Timeout = Patience };
        _process = new Process { StartInfo = StartInfo(assembly, port, [("BIGQUERY_EMULATOR_HOST", bigQuery.Host), ("Pixel__Project", "local"), ("Pixel__Layout", "template"), .. settings]) };
        _process.OutputDataReceived += (_, line) => Keep(_output, line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(_errors, line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public RecordingBigQuery BigQuery { get; }

    public HttpClient Http { get; }

    public IReadOnlyList<string> Output => [.. _output];

    public IReadOnlyList<string> Errors => [.. _errors];

    /// <summary>Launches the function; it need not start.</summary>
    public static PixelFunctionProcess Launch(RecordingBigQuery bigQuery, params (string Name, string? Value)[] settings) =>
        new(typeof(PixelFunction).Assembly.Location, bigQuery, settings);

    public static Task<PixelFunctionProcess> StartAsync(RecordingBigQuery bigQuery, params (string Name, string? Value)[] settings) =>
        StartAsync(typeof(PixelFunction).Assembly.Location, bigQuery, settings);

    /// <summary>Starts a function that lies elsewhere.</summary>
    public static async Task<PixelFunctionProcess> StartAsync(string assembly, RecordingBigQuery bigQuery, params (string Name, string? Value)[] settings)
    {
        var function = new PixelFunctionProcess(assembly, bigQuery, settings);
        while (!await function.IsServingAsync())
        {
            Assert.That(function._process.HasExited, Is.False, () => string.Join('\n', function.Errors));
            await Task.Delay(20);
        }

        return function;
    }

    public async Task<bool> IsServingAsync()
    {
        try
        {
            using var answer = await Http.GetAsync("/robots.txt");
            return answer.StatusCode == HttpStatusCode.NotFound;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    public Task<HttpResponseMessage> SendAsync(byte[] entry, string messageId = "m-1") => Http.SendAsync(Push.Binary(Push.Body(entry, messageId)));

    public async Task SignalTermAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    public async Task<int> ExitAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(Patience);
        return _process.ExitCode;
    }

    public async Task<int> TerminateAsync()
    {
        await SignalTermAsync();
        return await ExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        _folder.Dispose();
    }

    private static void Keep(ConcurrentQueue<string> lines, string? line)
    {
        if (line is not null)
        {
            lines.Enqueue(line);
        }
    }

    private ProcessStartInfo StartInfo(string assembly, int port, (string Name, string? Value)[] settings)
    {
        var info = new ProcessStartInfo("dotnet", [assembly])
        {
            WorkingDirectory = _folder.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        string[] inherited = [.. info.Environment.Keys.Where(name =>
            name.StartsWith("Pixel__", StringComparison.OrdinalIgnoreCase) || name.StartsWith("OTEL_", StringComparison.Ordinal)
            || name is "K_SERVICE" or "FUNCTION_TARGET" or "GOOGLE_CLOUD_PROJECT" or "GOOGLE_APPLICATION_CREDENTIALS"
                or "ASPNETCORE_ENVIRONMENT" or "DOTNET_ENVIRONMENT" or "DOTNET_RUNNING_IN_CONTAINER")];
        foreach (var name in inherited)
        {
            info.Environment.Remove(name);
        }

        info.Environment["PORT"] = port.ToString(CultureInfo.InvariantCulture);
        info.Environment["FUNCTION_TARGET"] = typeof(PixelFunction).FullName;
        foreach (var (name, value) in settings)
        {
            info.Environment[name] = value;
        }

        return info;
    }
}
