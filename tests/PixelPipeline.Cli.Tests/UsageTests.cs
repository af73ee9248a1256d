using System.Diagnostics;
using PixelPipeline.Cli.Tests.Support;

namespace PixelPipeline.Cli.Tests;

[Parallelizable(ParallelScope.All)]
internal sealed class UsageTests
{
    [TestCase("up")]
    [TestCase("produce")]
    [TestCase("produce synthetic")]
    [TestCase("produce csv")]
    [TestCase("produce sse")]
    [TestCase("rows")]
    [TestCase("tables")]
    [TestCase("query")]
    [TestCase("rejected")]
    [TestCase("summarize")]
    [TestCase("import")]
    [TestCase("replay")]
    [TestCase("dead-letters")]
    [TestCase("export")]
    [TestCase("url")]
    [TestCase("bigquery")]
    [TestCase("access")]
    [TestCase("forget")]
    [TestCase("doctor")]
    [TestCase("cost")]
    public async Task Command_AskedForHelp_GivesItInPlainWords(string command)
    {
        var (exitCode, output, _) = await InProcess.RunAsync([.. command.Split(' '), "--help"]);
        Assert.That((exitCode, output), Is.EqualTo((0, output)));
        Assert.That(output, Does.Contain("Usage:").And.Contain("--"));
        Assert.That(output, Does.Not.Match(@"Json|Csv|System\.|default: ([0-9]{2}:[0-9]{2}:|[0-9]{2}/)"), "no names of the code's, no machine's dates and times");
    }

    /// <summary>What the other tests see of a command in their own process is what a process of its own shows.</summary>
    [TestCase("tables --bigquery 127.0.0.1:1")]
    [TestCase("url --user a")]
    [TestCase("transform")]
    [TestCase("rows --limit 0")]
    [TestCase("dead-letters --data /nowhere/at/all")]
    public async Task Command_AsAProcess_DoesAsItDoesInThisOne(string line)
    {
        var result = await PixelProcess.RunAsync(line.Split(' '));
        Assert.That(await InProcess.RunAsync(line.Split(' ')), Is.EqualTo(result));
        Assert.That(result.Output + result.Errors, Is.Not.Empty);
    }

    [TestCase("fly", "'fly'")]
    [TestCase("up --port 70000", "--port must be 1 to 65535.")]
    [TestCase("up --port x", "--port must be 1 to 65535.")]
    [TestCase("up --collect-port 70000", "--collect-port must be 1 to 65535.")]
    [TestCase("up --layout round", "--layout must be template, partitioned or both.")]
    [TestCase("rows --limit 0", "--limit must be 1 to")]
    [TestCase("rows --format xml", "--format must be table, json or csv.")]
    [TestCase("export --format xml", "--format must be csv, jsonl or json.")]
    [TestCase("export --from 2026-11-02 --to 2026-11-02", "--from must be before --to")]
    [TestCase("cost --events many", "--events must be 1 to")]
    [TestCase("produce synthetic --timeout 5x", "--timeout must be a time such as")]
    [TestCase("produce csv .", "FILE . is a folder")]
    [TestCase("produce csv nowhere.csv", "FILE nowhere.csv is not there")]
    [TestCase("export --from 2026-13-01", "--from must be a day such as")]
    [TestCase("export --to nonsense", "--to must be a day such as")]
    [TestCase("produce synthetic --timeout 0", "--timeout must be 10ms to 1440m.")]
    [TestCase("produce synthetic --to foo", "--to foo is no http or https URL.")]
    [TestCase("produce csv README.md --map nope", "--map nope is not FIELD=NAME.")]
    [TestCase("url --user a --base foo", "--base foo is no http or https URL.")]
    [TestCase("url --user a --set order_id", "--set order_id is not NAME=VALUE.")]
    [TestCase("url --user a --set user_id=b", "--set user_id: --user says it already.")]
    [TestCase("url --mail outlook", "--mail must be mailchimp, sendgrid, brevo, hubspot, customerio or plain.")]
    [TestCase("url --mail brevo --integrity", "--integrity is for pages")]
    [TestCase("forget", "'forget'")]
    [TestCase("access ann", "--out")]
    [TestCase("forget ann --lake nowhere", "--lake nowhere must be a folder that is there")]
    [TestCase("doctor --timeout 5x", "--timeout must be a time such as")]
    [TestCase("rejected --reason boredom", "--reason must be unreadable_entry,")]
    [TestCase("summarize", "'summarize'")]
    [TestCase("summarize x.log --log-format iis", "--log-format must be logentry,")]
    [TestCase("summarize x.log --keys hits", "--keys")]
    [TestCase("replay --from yesterday", "--from must be a day")]
    [TestCase("replay --from 2026-11-02 --to 2026-11-01", "--from must not be after --to.")]
    public async Task CommandLine_NotUnderstood_ExitsWithTwoAndNamesWhatIsWrong(string line, string expected)
    {
        var (exitCode, output, errors) = await InProcess.RunAsync(line.Split(' '));
        Assert.That((exitCode, output), Is.EqualTo((2, "")), "nothing of it in a file or a pipe");
        Assert.That(errors, Does.Contain(expected).And.EndsWith("--help`.").And.Not.Contains("System.").And.Not.Contains("\n"));
    }

    [TestCase("JSON")]
    [TestCase("json")]
    public async Task Format_InAnyCase_IsTaken(string format)
    {
        var (exitCode, output, _) = await InProcess.RunAsync("cost", "--events", "1000", "--format", format);
        Assert.That(exitCode, Is.Zero);
        Assert.That(output, Does.StartWith("{\"part\":"));
    }

    [TestCase("url --mail plain", "--user: user_id is required.")]
    [TestCase("url --mail plain --user {{a|default:\"b\"}}", "--user: {{a|default:\"b\"}} holds a double quote")]
    [TestCase("url --user a --set nope=1", "--set: nope ")]
    public async Task Url_OfNoEvent_NamesTheOption(string line, string expected)
    {
        var (exitCode, _, errors) = await InProcess.RunAsync(line.Split(' '));
        Assert.That(exitCode, Is.EqualTo(1));
        Assert.That(errors, Does.StartWith(expected));
    }

    [TestCase("rows")]
    [TestCase("tables")]
    [TestCase("rejected --replay")]
    [TestCase("up")]
    public async Task Command_WithoutBigQuery_SaysAtOnceHowToGetOne(string command)
    {
        var port = FreePort.Take();
        var (exitCode, output, errors) = await InProcess.RunAsync([.. command.Split(' '), "--bigquery", $"127.0.0.1:{port}"]);
        Assert.That((exitCode, output), Is.EqualTo((1, "")));
        Assert.That(errors, Does.Contain($"Connection refused (127.0.0.1:{port})").And.Contain("pixel up").And.Contain("--bigquery"));
    }

    [TestCase("rows --project p")]
    [TestCase("doctor --project p --url https://h/pixel.png")]
    public async Task Command_WithoutCredentials_SaysHowToGetThem(string command)
    {
        var (exitCode, _, errors) = await PixelProcess.RunAsync(("GOOGLE_APPLICATION_CREDENTIALS", "/nowhere/at/all.json"), command.Split(' '));
        Assert.That((exitCode, errors), Is.EqualTo((1, "--project needs Google credentials: run gcloud auth application-default login.")));
    }

    [Test]
    public async Task Setting_ThatIsNone_IsRefusedAsTheOptionIs()
    {
        var (exitCode, _, errors) = await PixelProcess.RunAsync(("Pixel__Layout", "round"), ["up"]);
        Assert.That((exitCode, errors), Is.EqualTo((2, "Setting Pixel__Layout must be template, partitioned or both. See `pixel up --help`.")));
    }

    [TestCase("Pixel__Layuot", "both", "Setting Pixel__Layuot is not known.")]
    [TestCase("Pixel__NewTablesPerDay", "many", "Setting Pixel__NewTablesPerDay must be 0 to 10000000.")]
    [TestCase("Pixel__Project", "other", "Pixel__Project is other, and on one machine it is local: leave it unset.")]
    [TestCase("Pixel__MaxInstances", "3", "Pixel__MaxInstances is 3, and on one machine it is 1: leave it unset.")]
    public async Task Setting_OfTheEnvironmentThatUpCannotGiveAllParts_IsRefused(string name, string value, string message)
    {
        var (exitCode, _, errors) = await PixelProcess.RunAsync((name, value), ["up"]);
        Assert.That((exitCode, errors), Is.EqualTo((1, message)));
    }

    [Test]
    [Platform("Linux", Reason = "Its /dev/full takes nothing.")]
    public async Task Output_DiskIsFull_SaysSo()
    {
        using var process = Process.Start(new ProcessStartInfo("sh", ["-c", $"dotnet '{PixelProcess.Assembly}' cost --events 1000 >/dev/full"]) { RedirectStandardError = true })!;
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.That((process.ExitCode, errors.TrimEnd()), Is.EqualTo((1, "Reading or writing failed: No space left on device")));
    }

    [Test]
    public async Task DeadLetters_WithoutDataFolder_NamesTheFlag()
    {
        var (exitCode, _, errors) = await InProcess.RunAsync("dead-letters", "--data", "/nowhere/at/all");
        Assert.That((exitCode, errors), Is.EqualTo((1, errors)));
        Assert.That(errors, Does.Contain("--data"));
    }
}
