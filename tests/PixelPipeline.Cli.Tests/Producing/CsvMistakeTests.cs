using System.Text;
using PixelPipeline.Cli.Tests.Support;

namespace PixelPipeline.Cli.Tests.Producing;

/// <summary>What is wrong with a CSV file is told before anything of it is sent.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class CsvMistakeTests
{
    [TestCase("type,order_id\nclick,1\n", "has no column user_id, which every event must have")]
    [TestCase("user_id;type\na;click\n", "separates its columns by semicolons, \"user_id;type\"")]
    [TestCase("user_id\ttype\na\tclick\n", "separates its columns by tabs")]
    [TestCase("user_id,\u0001\n", "its first line holds control characters")]
    [TestCase("", "is empty")]
    [TestCase("user_id,action\na,click\n", "--map action=typ: the schema has no attribute typ.", "--map", "action=typ")]
    [TestCase("user_id\na\n", "--set kind=trip: the schema has no attribute kind.", "--set", "kind=trip")]
    public async Task Csv_ThatCannotBecomeEvents_IsNamedAndNothingSent(string text, string expected, params string[] more) =>
        await FailsAsync(Encoding.UTF8.GetBytes(text), expected, more);

    [Test]
    public async Task Csv_OfOtherBytes_IsNamedAndNothingSent()
    {
        var bytes = new byte[4_096];
        new Random(1).NextBytes(bytes);
        await FailsAsync(bytes, "is no UTF-8 text");
    }

    [Test]
    public async Task Csv_RowThatIsNoEvent_IsToldWithItsLineAndNotSent()
    {
        var (exitCode, output, errors, taken) = await ProduceAsync(Encoding.UTF8.GetBytes("user_id,typ\nalice,click\n,click\nbob,open\n"));
        Assert.That((exitCode, taken), Is.EqualTo((1, 2)));
        Assert.That(output, Does.Contain("1 failed: not sent: user_id is required. (the first: line 3)"));
        Assert.That(errors, Is.EqualTo("The schema has no attributes of these names, so they are not kept: typ."));
    }

    [Test]
    public async Task Csv_OfStandardInput_IsSent()
    {
        await using var server = await ScriptedServer.StartAsync(_ => Task.CompletedTask);
        var output = await Shell.RunAsync($"printf 'user_id\\nalice\\n' | dotnet '{PixelProcess.Assembly}' produce csv - --to {server.Address}pixel.png");
        Assert.That(output, Does.StartWith("1 sent, 0 failed"));
    }

    private static async Task FailsAsync(byte[] content, string expected, params string[] more)
    {
        var (exitCode, _, errors, taken) = await ProduceAsync(content, more);
        Assert.That((exitCode, taken), Is.EqualTo((1, 0)), errors);
        Assert.That(errors, Does.Contain(expected).And.Not.Contain("\n"));
    }

    private static async Task<(int ExitCode, string Output, string Errors, int Taken)> ProduceAsync(byte[] content, params string[] more)
    {
        var taken = 0;
        await using var server = await ScriptedServer.StartAsync(_ =>
        {
            Interlocked.Increment(ref taken);
            return Task.CompletedTask;
        });
        using var folder = new TempFolder();
        var csv = Path.Combine(folder.Path, "f.csv");
        await File.WriteAllBytesAsync(csv, content);
        var (exitCode, output, errors) = await InProcess.RunAsync(["produce", "csv", csv, "--to", $"{server.Address}pixel.png", .. more]);
        return (exitCode, output, errors, taken);
    }
}
