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

    [TestCase("", "Packages: Google's own.", "-p:PublishReadyToRun=true")]
    [TestCase("crossgen2", "the feed lacks Crossgen2", "-p:PublishReadyToRun=false")]
    [TestCase("Google.Events.Protobuf", "the feed lacks Google's", "-p:PublishReadyToRun=true")]
    public async Task PixelScript_FeedLacksAPackage_BuildsWithout(string lacking, string said, string option)
    {
        var (exitCode, errors) = await RunAsync(Dotnet(lacking, "NU1101"));
        Assert.That(exitCode, Is.Zero, errors);
        Assert.That(errors, Does.Contain(said).And.Contain("publish src/PixelPipeline.Cli ").And.Contain(option).And.Contain("rows"));
    }

    [Test]
    public async Task PixelScript_FeedDoesNotAnswer_FailsAndShowsWhy()
    {
        var (exitCode, errors) = await RunAsync(Dotnet("crossgen2", "NU1301"));
        Assert.That(exitCode, Is.EqualTo(1), errors);
        Assert.That(errors, Does.Contain("error NU1301").And.Contain("the packages cannot be restored").And.Not.Contain("Building"));
    }

    // Fails to restore the project that takes a package, tells what it publishes, and is the published command as well.
    private static string Dotnet(string lacking, string error) => $$"""
        #!/bin/sh
        project=$([ "{{lacking}}" = crossgen2 ] && echo Cli || echo Functions)
        case "$1 $2" in
            "restore src/PixelPipeline.$project")
                [ -z "{{lacking}}" ] || { echo "error {{error}}: {{lacking}}"; exit 1; } ;;
            publish*) echo "$*" >>"${0%/*}/published" ;;
            *pixel.dll*) cat "${0%/*}/published" >&2; echo "$*" >&2 ;;
        esac

        """;

    /// <summary>Runs the script in a checkout of its own that holds nothing else, on a PATH without a real dotnet.</summary>
    private static async Task<(int ExitCode, string Errors)> RunAsync(string? dotnet)
    {
        using var folder = new TempFolder();
        var tools = Directory.CreateDirectory(Path.Combine(folder.Path, "tools")).FullName;
        foreach (var tool in new[] { "bash", "cat", "date", "dirname", "find", "grep", "mkdir", "mktemp", "rm", "sh", "touch" })
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
        Directory.CreateDirectory(Path.Combine(folder.Path, "eng", "stand-ins"));
        var start = new ProcessStartInfo(Path.Combine(tools, "bash"), [script, "rows"]) { RedirectStandardError = true };
        start.Environment["PATH"] = tools;
        using var process = Process.Start(start)!;
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, errors);
    }
}
