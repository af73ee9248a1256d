using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace PixelPipeline.Soak.Processes;

/// <summary>A process that this run started, with the last lines that it printed.</summary>
internal sealed class ChildProcess : IDisposable
{
    private const int MaxLines = 50;
    private const int SigTerm = 15;
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(20);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly Action<string> _onLine;

    private ChildProcess(ProcessStartInfo start, Action<string> onLine)
    {
        _onLine = onLine;
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, e) => Take(e.Data);
        _process.ErrorDataReceived += (_, e) => Take(e.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        Id = _process.Id;
        Exited = _process.WaitForExitAsync();
    }

    public Task Exited { get; }

    public int Id { get; }

    /// <summary>The last lines that it printed.</summary>
    public string Lines => string.Join('\n', _lines);

    /// <summary>Starts <c>dotnet assembly arguments</c>.</summary>
    public static ChildProcess Start(string assembly, string[] arguments, IReadOnlyDictionary<string, string>? environment = null, Action<string>? onLine = null)
    {
        var start = new ProcessStartInfo("dotnet", [assembly, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = Path.GetDirectoryName(assembly),
        };
        start.Environment.Remove("BIGQUERY_EMULATOR_HOST");
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        return new ChildProcess(start, onLine ?? (_ => { }));
    }

    /// <summary>SIGKILL: it has no chance to end anything.</summary>
    public async Task KillAsync()
    {
        _process.Kill(entireProcessTree: true);
        await Exited;
    }

    /// <summary>SIGTERM, and SIGKILL to one that does not end.</summary>
    public async Task StopAsync()
    {
        _ = Signal(Id, SigTerm);
        try
        {
            await Exited.WaitAsync(StopPatience);
        }
        catch (TimeoutException)
        {
            await KillAsync();
        }
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private void Take(string? line)
    {
        if (line is null)
        {
            return;
        }

        _lines.Enqueue(line);
        while (_lines.Count > MaxLines)
        {
            _lines.TryDequeue(out _);
        }

        _onLine(line);
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Signal(int pid, int signal);
}
