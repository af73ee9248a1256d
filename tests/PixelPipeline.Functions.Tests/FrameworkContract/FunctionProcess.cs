using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace PixelPipeline.Functions.Tests.FrameworkContract;

/// <summary>A function of this assembly served by the framework in a process and a folder of its own.</summary>
internal sealed partial class FunctionProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("framework-contract-");
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly TaskCompletionSource<Uri> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Process _process;

    private FunctionProcess(Type? target, string[] args, string? appSettings, (string Name, string Value)[] variables)
    {
        if (appSettings is not null)
        {
            File.WriteAllText(Path.Combine(_folder.FullName, "appsettings.json"), appSettings);
        }

        _process = new Process { StartInfo = StartInfo(target, args, variables) };
        _process.OutputDataReceived += (_, line) => OnLine(line.Data);
        _process.ErrorDataReceived += (_, line) => OnLine(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>What the process wrote so far, stdout and stderr.</summary>
    internal IReadOnlyList<string> Lines => [.. _lines];

    internal HttpClient Http { get; } = new();

    internal Uri Address => Http.BaseAddress!;

    internal static async Task<FunctionProcess> StartAsync(
        Type? target, string[]? args = null, string? appSettings = null, params (string Name, string Value)[] variables)
    {
        var function = new FunctionProcess(target, args ?? [], appSettings, [("PORT", "0"), .. variables]);
        var exit = function._process.WaitForExitAsync();
        if (await Task.WhenAny(function._listening.Task, exit).WaitAsync(Patience) == exit)
        {
            throw new InvalidOperationException(string.Join('\n', function.Lines));
        }

        function.Http.BaseAddress = await function._listening.Task;
        return function;
    }

    /// <summary>Runs a function that cannot start to its end: the exit code and what it wrote.</summary>
    internal static async Task<(int ExitCode, string Output)> FailAsync(Type? target, params (string Name, string Value)[] variables)
    {
        await using var function = new FunctionProcess(target, [], null, [("PORT", "0"), .. variables]);
        await function._process.WaitForExitAsync().WaitAsync(Patience);
        return (function._process.ExitCode, string.Join('\n', function.Lines));
    }

    /// <summary>Sends SIGTERM and gives the exit code.</summary>
    internal async Task<int> TerminateAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        await _process.WaitForExitAsync().WaitAsync(Patience);
        return _process.ExitCode;
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
        _folder.Delete(recursive: true);
    }

    private ProcessStartInfo StartInfo(Type? target, string[] args, (string Name, string Value)[] variables)
    {
        var assembly = typeof(FunctionProcess).Assembly.Location;
        var info = new ProcessStartInfo("dotnet", [assembly, .. args])
        {
            WorkingDirectory = _folder.FullName,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in (string[])["K_SERVICE", "FUNCTION_TARGET", "ASPNETCORE_ENVIRONMENT", "DOTNET_ENVIRONMENT", "DOTNET_RUNNING_IN_CONTAINER"])
        {
            info.Environment.Remove(name);
        }

        info.Environment["DOTNET_STARTUP_HOOKS"] = assembly;
        info.Environment["ASPNETCORE_URLS"] = "http://127.0.0.1:1"; // the framework pays no heed to it
        if (target is not null)
        {
            info.Environment["FUNCTION_TARGET"] = target.FullName;
        }

        foreach (var (name, value) in variables)
        {
            info.Environment[name] = value;
        }

        return info;
    }

    private void OnLine(string? line)
    {
        if (line is null)
        {
            return;
        }

        _lines.Enqueue(line);
        if (NowListening().Match(line) is { Success: true } match)
        {
            _listening.TrySetResult(new Uri(match.Groups[1].Value));
        }
    }

    [GeneratedRegex(@"Now listening on: (http://[0-9.:\[\]]+)", RegexOptions.CultureInvariant)]
    private static partial Regex NowListening();
}
