using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace PixelPipeline.Cli.Tests.Support;

/// <summary>The pixel command as a process of its own, with what it prints.</summary>
internal sealed class PixelProcess : IDisposable
{
    public const int SigInt = 2;
    public const int SigKill = 9;
    public const int SigTerm = 15;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();
    private readonly ConcurrentQueue<string> _errors = new();

    private PixelProcess(string[] arguments, (string Name, string Value)? variable)
    {
        var start = new ProcessStartInfo("dotnet", [Assembly, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Remove("BIGQUERY_EMULATOR_HOST");
        if (variable is { } set)
        {
            start.Environment[set.Name] = set.Value;
        }

        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, e) => Take(_output, e.Data);
        _process.ErrorDataReceived += (_, e) => Take(_errors, e.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>The command as a plain build leaves it, in the configuration of these tests.</summary>
    public static string Assembly { get; } = Path.Combine(
        Repository.Root, "src", "PixelPipeline.Cli", "bin", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, "net10.0", "pixel.dll");

    public string Output => string.Join('\n', _output);

    public string Errors => string.Join('\n', _errors);

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    public static PixelProcess Start(params string[] arguments) => new(arguments, variable: null);

    public static PixelProcess Start((string Name, string Value)? variable, params string[] arguments) => new(arguments, variable);

    /// <summary>Runs a command to its end.</summary>
    public static Task<(int ExitCode, string Output, string Errors)> RunAsync(params string[] arguments) => RunAsync(variable: null, arguments);

    /// <summary>Runs a command to its end, with an environment variable of its own: tests run side by side.</summary>
    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync((string Name, string Value)? variable, string[] arguments)
    {
        using var process = new PixelProcess(arguments, variable);
        return (await process.ExitAsync(), process.Output, process.Errors);
    }

    /// <summary>Waits until a line of standard output contains a text.</summary>
    public Task WaitForOutputAsync(string text) => Eventually.IsTrueAsync(
        () => Output.Contains(text, StringComparison.Ordinal) || (HasExited ? throw new InvalidOperationException($"It ended:\n{Output}\n{Errors}") : false),
        text);

    public async Task<int> ExitAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(Patience);
        return _process.ExitCode;
    }

    public void Signal(int signal) => Assert.That(Kill(_process.Id, signal), Is.Zero);

    /// <summary>SIGKILL to the process and all that it started.</summary>
    public void KillTree() => _process.Kill(entireProcessTree: true);

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    private static void Take(ConcurrentQueue<string> lines, string? line)
    {
        if (line is not null)
        {
            lines.Enqueue(line);
        }
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int pid, int signal);
}
