using System.Diagnostics;
using System.Runtime.Versioning;

namespace PixelPipeline.Cli.Tests.Support;

/// <summary>A checkout of the script <c>pixel</c> and some files to build, beside a PATH without a real dotnet.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed class ScriptCheckout : IDisposable
{
    private static readonly string[] Tools =
        ["awk", "bash", "cat", "cp", "date", "dirname", "find", "getconf", "grep", "kill", "mkdir", "mktemp", "mv", "rm", "sh", "sort", "touch", "xargs"];

    private static readonly string[] Sources =
        ["eng/stand-ins/README.md", "src/PixelPipeline.Cli/Program.cs", "deploy/schema.json", "deploy/sql/events.sql", "Directory.Packages.props"];

    private readonly TempFolder _folder = new();

    private ScriptCheckout()
    {
    }

    public string Path => _folder.Path;

    /// <summary>What the stand-in for dotnet wrote down of the builds it was asked for: their command lines.</summary>
    public string[] Built => File.Exists(Tool("built")) ? File.ReadAllLines(Tool("built")) : [];

    /// <summary>Makes one.</summary>
    /// <param name="dotnet">The text of a script that stands in for dotnet; null for none.</param>
    public static async Task<ScriptCheckout> MakeAsync(string? dotnet)
    {
        var checkout = new ScriptCheckout();
        Directory.CreateDirectory(checkout.Tool(""));
        foreach (var tool in Tools)
        {
            File.CreateSymbolicLink(checkout.Tool(tool), OnPath(tool));
        }

        if (dotnet is not null)
        {
            await File.WriteAllTextAsync(checkout.Tool("dotnet"), dotnet);
            File.SetUnixFileMode(checkout.Tool("dotnet"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        File.Copy(System.IO.Path.Combine(Repository.Root, "pixel"), System.IO.Path.Combine(checkout.Path, "pixel"));
        foreach (var source in Sources)
        {
            await checkout.WriteAsync(source, "", DateTime.UtcNow.AddMinutes(-1));
        }

        return checkout;
    }

    /// <summary>Writes a file of the checkout that was changed at this time.</summary>
    public async Task WriteAsync(string file, string text, DateTime changed)
    {
        file = System.IO.Path.Combine(Path, file);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file)!);
        await File.WriteAllTextAsync(file, text);
        File.SetLastWriteTimeUtc(file, changed);
    }

    /// <summary>Runs the script with these arguments.</summary>
    public Task<(int ExitCode, string Output, string Errors)> RunAsync(params string[] arguments) =>
        RunAsync(new ProcessStartInfo(Tool("bash"), [System.IO.Path.Combine(Path, "pixel"), .. arguments]));

    /// <summary>Runs the script in a process group of its own: what it starts can interrupt all of it, as Ctrl-C does.</summary>
    public Task<(int ExitCode, string Output, string Errors)> RunApartAsync(params string[] arguments) =>
        RunAsync(new ProcessStartInfo(OnPath("setsid"), ["--wait", Tool("bash"), System.IO.Path.Combine(Path, "pixel"), .. arguments]));

    public void Dispose() => _folder.Dispose();

    private async Task<(int ExitCode, string Output, string Errors)> RunAsync(ProcessStartInfo start)
    {
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        (start.Environment["PATH"], start.Environment["TMPDIR"]) = (Tool(""), Directory.CreateDirectory(System.IO.Path.Combine(Path, "temp")).FullName);
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output, await errors);
    }

    private string Tool(string name) => System.IO.Path.Combine(Path, "tools", name);

    private static string OnPath(string tool) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(p => System.IO.Path.Combine(p, tool)).First(File.Exists);
}
