using System.Runtime.Versioning;
using PixelPipeline.Cli.Tests.Support;

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
        using var checkout = await ScriptCheckout.MakeAsync(Dotnet(lacking, "NU1101"));
        var (exitCode, errors) = await RunAsync(checkout, "rows");
        Assert.That(exitCode, Is.Zero, errors);
        Assert.That(errors, Does.Contain(said).And.Contain("Restoring packages").And.Contain("ran rows"));
        Assert.That(checkout.Built, Has.Length.EqualTo(1), errors);
        Assert.That(errors, Does.Not.Contain("PublishReadyToRun"), "what a first start can do without");
    }

    [Test]
    public async Task PixelScript_FeedDoesNotAnswer_FailsAndShowsWhy()
    {
        using var checkout = await ScriptCheckout.MakeAsync(Dotnet("Google.Events.Protobuf", "NU1301"));
        var (exitCode, errors) = await RunAsync(checkout, "rows");
        Assert.That(exitCode, Is.EqualTo(1), errors);
        Assert.That(errors, Does.Contain("error NU1301").And.Contain("the packages cannot be restored"));
        Assert.That(checkout.Built, Is.Empty);
    }

    [TestCase("src/PixelPipeline.Cli/bin/Debug/made.cs", false)] // what builds and tests leave
    [TestCase("src/PixelPipeline.Cli/obj/made.cs", false)]
    [TestCase("deploy/schema.json", false)] // only copied
    [TestCase("src/PixelPipeline.Cli/Program.cs", true)]
    [TestCase("deploy/sql/events.sql", true)] // embedded
    public async Task PixelScript_AfterAFileChanged_CompilesOnlyForCode(string changed, bool compiles)
    {
        using var checkout = await ScriptCheckout.MakeAsync(Dotnet("", ""));
        await RunAsync(checkout, "rows");
        await checkout.WriteAsync(changed, "changed", DateTime.UtcNow.AddSeconds(1));

        var (exitCode, errors) = await RunAsync(checkout, "rows");
        Assert.That(exitCode, Is.Zero, errors);
        Assert.That(checkout.Built, Has.Length.EqualTo(compiles ? 2 : 1), errors);
    }

    [Test]
    public async Task PixelScript_AfterTheSchemaChanged_RunsWithIt()
    {
        using var checkout = await ScriptCheckout.MakeAsync(Dotnet("", ""));
        await RunAsync(checkout, "rows");
        await checkout.WriteAsync("deploy/schema.json", "[\"new\"]", DateTime.UtcNow.AddSeconds(1));
        await RunAsync(checkout, "rows");

        var builds = Path.Combine(checkout.Path, "artifacts", "pixel");
        var current = (await File.ReadAllTextAsync(Path.Combine(builds, "current"))).Trim();
        Assert.That(await File.ReadAllTextAsync(Path.Combine(builds, current, "functions", "schema.json")), Is.EqualTo("[\"new\"]"));
    }

    [Test]
    public async Task PixelScript_AfterASourceFileIsGone_Compiles()
    {
        using var checkout = await ScriptCheckout.MakeAsync(Dotnet("", ""));
        await RunAsync(checkout, "rows");
        File.Delete(Path.Combine(checkout.Path, "src", "PixelPipeline.Cli", "Program.cs"));

        await RunAsync(checkout, "rows");
        Assert.That(checkout.Built, Has.Length.EqualTo(2));
    }

    [Test]
    public async Task PixelScript_Interrupted_SaysBrokenOffAndLeavesNoBuild()
    {
        using var checkout = await ScriptCheckout.MakeAsync(Dotnet("", "").Replace("*start.proj*)", "*start.proj*) kill -INT $PPID; exit 130", StringComparison.Ordinal));
        var (exitCode, errors) = await RunAsync(checkout, "rows");
        Assert.That(exitCode, Is.EqualTo(130), errors);
        Assert.That(errors, Does.Contain("broken off").And.Not.Contain("the build failed"));
        Assert.That(Directory.GetDirectories(Path.Combine(checkout.Path, "artifacts", "pixel")), Is.Empty);
    }

    [TestCase("", "true")]
    [TestCase("crossgen2", "false")]
    public async Task PixelScript_CompilesAheadLater(string lacking, string ahead)
    {
        using var checkout = await ScriptCheckout.MakeAsync(Dotnet(lacking, "NU1101"));
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

    private static async Task<(int ExitCode, string Errors)> RunAsync(string? dotnet)
    {
        using var checkout = await ScriptCheckout.MakeAsync(dotnet);
        return await RunAsync(checkout, "rows");
    }

    private static async Task<(int ExitCode, string Errors)> RunAsync(ScriptCheckout checkout, string command)
    {
        var (exitCode, _, errors) = await checkout.RunAsync(command);
        return (exitCode, errors);
    }
}
