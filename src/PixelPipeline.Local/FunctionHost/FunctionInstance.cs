using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;
using PixelPipeline.Settings;

namespace PixelPipeline.Local.FunctionHost;

/// <summary>One run of the function's process.</summary>
internal sealed class FunctionInstance : IDisposable
{
    private const int MaxErrorLines = 20;
    private const int SigTerm = 15;
    private const string HooksVariable = "DOTNET_STARTUP_HOOKS";
    private static readonly TimeSpan ProbeInterval = TimeSpan.FromMilliseconds(50);

    private readonly Process _process;
    private readonly Uri _probe;
    private readonly Queue<string> _errorLines = [];

    private FunctionInstance(Process process, int port)
    {
        _process = process;
        _probe = new Uri($"http://127.0.0.1:{port}/robots.txt");
        Exited = process.WaitForExitAsync();
    }

    /// <summary>Completes when the process has ended and its output is read.</summary>
    public Task Exited { get; }

    public int ExitCode => _process.ExitCode;

    public TimeSpan Uptime => _process.ExitTime - _process.StartTime;

    public static FunctionInstance Launch(FunctionProcessOptions options, ILogger logger)
    {
        var start = new ProcessStartInfo("dotnet", [options.AssemblyPath])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = Path.GetDirectoryName(options.AssemblyPath),
        };
        foreach (var inherited in start.Environment.Keys.Where(k => k.StartsWith(PipelineSettings.Prefix, StringComparison.OrdinalIgnoreCase)).ToList())
        {
            start.Environment.Remove(inherited); // all parts have the settings that follow, and nothing besides
        }

        foreach (var (name, value) in options.Environment)
        {
            start.Environment[name] = value;
        }

        start.Environment["K_SERVICE"] = "pixel-function"; // as in the cloud: its log comes as JSON lines
        start.Environment["PORT"] = options.Port.ToString(CultureInfo.InvariantCulture);
        start.Environment["FUNCTION_TARGET"] = options.Target;
        var hook = typeof(StartupHook).Assembly.Location;
        start.Environment[HooksVariable] = start.Environment.TryGetValue(HooksVariable, out var hooks) && hooks is { Length: > 0 } ? $"{hook}{Path.PathSeparator}{hooks}" : hook;
        var process = Process.Start(start)!;
        try
        {
            OrphanedFunction.Remember(options.PidFile, process);
        }
        catch
        {
            process.Kill(); // nobody would know of it, and it would hold the port
            process.Dispose();
            throw;
        }

        var instance = new FunctionInstance(process, options.Port);
        process.OutputDataReceived += (_, e) => TakeOutput(options, logger, e.Data);
        process.ErrorDataReceived += (_, e) => instance.TakeError(logger, e.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return instance;
    }

    /// <summary>Waits until the function answers.</summary>
    /// <exception cref="StartFailedException">It ended instead.</exception>
    public async Task WaitUntilReadyAsync(CancellationToken cancellationToken)
    {
        using var http = new HttpClient();
        while (!await IsServingAsync(http, cancellationToken))
        {
            await Task.WhenAny(Exited, Task.Delay(ProbeInterval, cancellationToken));
            cancellationToken.ThrowIfCancellationRequested();
            if (Exited.IsCompleted)
            {
                throw new StartFailedException(StartFailure.FunctionEnded, ErrorText());
            }
        }
    }

    /// <summary>SIGTERM, then, when the token says so, SIGKILL.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (OperatingSystem.IsWindows() || cancellationToken.IsCancellationRequested)
        {
            _process.Kill();
        }
        else
        {
            _ = Kill(_process.Id, SigTerm);
        }

        try
        {
            await Exited.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            _process.Kill();
            await Exited;
        }
    }

    public void Dispose() => _process.Dispose();

    private async Task<bool> IsServingAsync(HttpClient http, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await http.GetAsync(_probe, cancellationToken);
            return answer.StatusCode == HttpStatusCode.NotFound; // what the functions framework answers here
        }
        catch (HttpRequestException)
        {
            return false; // not listening yet
        }
    }

    private static void TakeOutput(FunctionProcessOptions options, ILogger logger, string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return;
        }

        var line = FunctionLogLine.Read(text);
        if (line.IsOfDropped && options.Dropped is { } dropped)
        {
            dropped(line);
        }
        else
        {
            logger.Log(line.Level, "{Message}", line.Message);
        }
    }

    private void TakeError(ILogger logger, string? line)
    {
        if (string.IsNullOrEmpty(line))
        {
            return;
        }

        logger.LogDebug("{Line}", line); // shown whole if the start fails, and else with the function's own log
        lock (_errorLines)
        {
            _errorLines.Enqueue(line);
            while (_errorLines.Count > MaxErrorLines)
            {
                _errorLines.Dequeue();
            }
        }
    }

    private string ErrorText()
    {
        lock (_errorLines)
        {
            return _errorLines.Count > 0 ? string.Join(Environment.NewLine, _errorLines) : $"The function ended with exit code {ExitCode} and said nothing.";
        }
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int pid, int signal);
}
