using System.Diagnostics;
using System.Runtime.Versioning;

namespace PixelPipeline.Cli.Tests;

/// <summary><c>./pixel</c> on a machine that is not ready for it.</summary>
[UnsupportedOSPlatform("windows")]
[Platform(Exclude = "Win", Reason = "A bash script; on Windows, use the dotnet lines of the README.")]
internal sealed class PixelScriptTests
{
    [Test]
    public async Task PixelScript_WithoutSdk_SaysWhatToInstall()
    {
        var (exitCode, errors) = await RunAsync(dotnet: null);
        Assert.That((exitCode, errors.TrimEnd().Split('\n').Length), Is.EqualTo((1, 1)), errors);
        Assert.That(errors, Does.Contain(".NET SDK 10"));
    }

    [Test]
    public async Task PixelScript_WithTooOldSdk_SaysWhatToInstall()
    {
        var (exitCode, errors) = await RunAsync(dotnet: "#!/bin/sh\nexit 145\n");
        Assert.That((exitCode, errors.TrimEnd().Split('\n').Length), Is.EqualTo((1, 1)), errors);
        Assert.That(errors, Does.Contain("too old").And.Contain(".NET SDK 10"));
    }

    /// <summary>Runs the script in a checkout of its own that holds nothing else, on a PATH without a real dotnet.</summary>
    private static async Task<(int ExitCode, string Errors)> RunAsync(string? dotnet)
    {
        using var folder = new TempFolder();
        var tools = Directory.CreateDirectory(Path.Combine(folder.Path, "tools")).FullName;
        foreach (var tool in new[] { "bash", "dirname", "cat", "mkdir", "find" })
        {
            var real = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(p => Path.Combine(p, tool)).First(File.Exists);
            File.CreateSymbolicLink(Path.Combine(tools, tool), real);
        }

        if (dotnet is not null)
        {
            var file = Path.Combine(tools, "dotnet");
            await File.WriteAllTextAsync(file, dotnet);
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        var script = Path.Combine(folder.Path, "pixel");
        File.Copy(Path.Combine(Repository.Root, "pixel"), script);
        var start = new ProcessStartInfo(Path.Combine(tools, "bash"), [script, "rows"]) { RedirectStandardError = true };
        start.Environment["PATH"] = tools;
        using var process = Process.Start(start)!;
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, errors);
    }
}
