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

    [TestCase("", "Packages: Google's own.")]
    [TestCase("Google.Events.Protobuf", "the feed lacks Google's")]
    public async Task PixelScript_FirstCommand_BuildsOnceAndSaysWithWhat(string lacking, string said)
    {
        using var checkout = await CheckoutAsync(Dotnet(lacking, "NU1101"));
        var (exitCode, errors) = await RunAsync(checkout, "rows");
        Assert.That(exitCode, Is.Zero, errors);
        Assert.That(errors, Does.Contain(said).And.Contain("Restoring packages").And.Contain("ran rows"));
        Assert.That(Built(checkout), Is.EqualTo(1), errors);
        Assert.That(errors, Does.Not.Contain("PublishReadyToRun"), "what a first start can do without");
    }

    [Test]
    public async Task PixelScript_FeedDoesNotAnswer_FailsAndShowsWhy()
    {
        using var checkout = await CheckoutAsync(Dotnet("Google.Events.Protobuf", "NU1301"));
        var (exitCode, errors) = await RunAsync(checkout, "rows");
        Assert.That(exitCode, Is.EqualTo(1), errors);
        Assert.That(errors, Does.Contain("error NU1301").And.Contain("the packages cannot be restored"));
        Assert.That(Built(checkout), Is.Zero);
    }

    [TestCase("src/PixelPipeline.Cli/bin/Debug/made.cs", false)] // what builds and tests leave
    [TestCase("src/PixelPipeline.Cli/obj/made.cs", false)]
    [TestCase("deploy/schema.json", false)] // only copied
    [TestCase("src/PixelPipeline.Cli/Program.cs", true)]
    [TestCase("deploy/sql/events.sql", true)] // embedded
    public async Task PixelScript_AfterAFileChanged_CompilesOnlyForCode(string changed, bool compiles)
    {
        using var checkout = await CheckoutAsync(Dotnet("", ""));
        await RunAsync(checkout, "rows");
        var file = Path.Combine(checkout.Path, changed);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllTextAsync(file, "changed");
        File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddSeconds(1));

        var (exitCode, errors) = await RunAsync(checkout, "rows");
        Assert.That(exitCode, Is.Zero, errors);
        Assert.That(Built(checkout), Is.EqualTo(compiles ? 2 : 1), errors);
    }

    [Test]
    public async Task PixelScript_AfterTheSchemaChanged_RunsWithIt()
    {
        using var checkout = await CheckoutAsync(Dotnet("", ""));
        await RunAsync(checkout, "rows");
        var schema = Path.Combine(checkout.Path, "deploy", "schema.json");
        await File.WriteAllTextAsync(schema, "[\"new\"]");
        File.SetLastWriteTimeUtc(schema, DateTime.UtcNow.AddSeconds(1));
        await RunAsync(checkout, "rows");

        var builds = Path.Combine(checkout.Path, "artifacts", "pixel");
        var current = (await File.ReadAllTextAsync(Path.Combine(builds, "current"))).Trim();
        Assert.That(await File.ReadAllTextAsync(Path.Combine(builds, current, "functions", "schema.json")), Is.EqualTo("[\"new\"]"));
    }

    [Test]
    public async Task PixelScript_AfterASourceFileIsGone_Compiles()
    {
        using var checkout = await CheckoutAsync(Dotnet("", ""));
        await RunAsync(checkout, "rows");
        File.Delete(Path.Combine(checkout.Path, "src", "PixelPipeline.Cli", "Program.cs"));

        await RunAsync(checkout, "rows");
        Assert.That(Built(checkout), Is.EqualTo(2));
    }

    [Test]
    public async Task PixelScript_Interrupted_SaysBrokenOffAndLeavesNoBuild()
    {
        using var checkout = await CheckoutAsync(Dotnet("", "").Replace("*start.proj*)", "*start.proj*) kill -INT $PPID; exit 130", StringComparison.Ordinal));
        var (exitCode, errors) = await RunAsync(checkout, "rows");
        Assert.That(exitCode, Is.EqualTo(130), errors);
        Assert.That(errors, Does.Contain("broken off").And.Not.Contain("the build failed"));
        Assert.That(Directory.GetDirectories(Path.Combine(checkout.Path, "artifacts", "pixel")), Is.Empty);
    }

    [TestCase("", "true")]
    [TestCase("crossgen2", "false")]
    public async Task PixelScript_CompilesAheadLater(string lacking, string ahead)
    {
        using var checkout = await CheckoutAsync(Dotnet(lacking, "NU1101"));
        await RunAsync(checkout, "rows");
        await RunAsync(checkout, "--compile-ahead");
        var (exitCode, errors) = await RunAsync(checkout, "rows");

        Assert.That(exitCode, Is.Zero, errors);
        Assert.That(errors, Does.Contain("PublishReadyToRun=true").And.Contain("ran rows"));
        Assert.That((await File.ReadAllTextAsync(Path.Combine(checkout.Path, "artifacts", "pixel", ".ahead"))).Trim(), Is.EqualTo(ahead));
    }

    // Cannot restore the project that takes a package; tells what it builds, and is the built command as well.
    private static string Dotnet(string lacking, string error) => $$"""
        #!/bin/sh
        lacks() { [ "{{lacking}}" = "$1" ] && { echo "error {{error}}: $1"; exit 1; }; }
        case "$*" in
            *src/PixelPipeline.Functions*-t:Restore*) lacks Google.Events.Protobuf ;;
            *start.proj*)
                echo "$*" >>"${0%/*}/built"
                case "$*" in *PublishReadyToRun*) lacks crossgen2 ;; esac
                for option; do case $option in -p:Into=*) mkdir -p "${option#-p:Into=}/cli" "${option#-p:Into=}/functions" ;; esac; done ;;
            *pixel.dll*) cat "${0%/*}/built" >&2; shift; echo "ran $*" >&2 ;;
        esac
        exit 0

        """;

    private static int Built(TempFolder checkout)
    {
        var built = Path.Combine(checkout.Path, "tools", "built");
        return File.Exists(built) ? File.ReadAllLines(built).Length : 0;
    }

    private static async Task<(int ExitCode, string Errors)> RunAsync(string? dotnet)
    {
        using var checkout = await CheckoutAsync(dotnet);
        return await RunAsync(checkout, "rows");
    }

    /// <summary>A checkout of the script and some files to build, beside a PATH without a real dotnet.</summary>
    private static async Task<TempFolder> CheckoutAsync(string? dotnet)
    {
        var checkout = new TempFolder();
        var tools = Directory.CreateDirectory(Path.Combine(checkout.Path, "tools")).FullName;
        foreach (var tool in new[] { "bash", "cat", "cp", "date", "dirname", "find", "grep", "kill", "mkdir", "mktemp", "mv", "rm", "sh", "sort", "touch" })
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

        File.Copy(Path.Combine(Repository.Root, "pixel"), Path.Combine(checkout.Path, "pixel"));
        foreach (var source in new[] { "eng/stand-ins/README.md", "src/PixelPipeline.Cli/Program.cs", "deploy/schema.json", "deploy/sql/events.sql", "Directory.Packages.props" })
        {
            var file = Path.Combine(checkout.Path, source);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await File.WriteAllTextAsync(file, "");
            File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddMinutes(-1));
        }

        return checkout;
    }

    private static async Task<(int ExitCode, string Errors)> RunAsync(TempFolder checkout, string command)
    {
        var tools = Path.Combine(checkout.Path, "tools");
        var start = new ProcessStartInfo(Path.Combine(tools, "bash"), [Path.Combine(checkout.Path, "pixel"), command]) { RedirectStandardError = true };
        start.Environment["PATH"] = tools;
        using var process = Process.Start(start)!;
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, errors);
    }
}
