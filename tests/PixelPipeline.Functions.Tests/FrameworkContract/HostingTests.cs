using System.Net;
using System.Text.Json;

namespace PixelPipeline.Functions.Tests.FrameworkContract;

/// <summary>How the framework starts, is configured, logs and stops.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class HostingTests
{
    [Test]
    public async Task Settings_ComeFromTheFileTheVariablesAndTheStartup()
    {
        await using var function = await FunctionProcess.StartAsync(
            typeof(HttpEcho), appSettings: """{"from-file":"file value"}""", variables: ("from_variable", "variable value"));

        Assert.That(await function.Http.GetStringAsync("/from-file"), Is.EqualTo("GET file value"));
        Assert.That(await function.Http.GetStringAsync("/from_variable"), Is.EqualTo("GET variable value"));
        Assert.That(await function.Http.GetStringAsync("/from-startup"), Is.EqualTo("GET startup value"));
    }

    [Test]
    public async Task CommandLine_GoesBeforeTheVariables()
    {
        await using var function = await FunctionProcess.StartAsync(
            typeof(MessageEcho), ["--target", typeof(HttpEcho).FullName!, "--port", "0"], variables: ("PORT", "1"));

        Assert.That(await function.Http.GetStringAsync("/"), Is.EqualTo("GET "));
        Assert.That(function.Address.Port, Is.GreaterThan(1024));
    }

    [Test]
    public async Task Target_OnlyFunctionOfItsAssembly_NeedNotBeNamed()
    {
        await using var function = await FunctionProcess.StartAsync(target: null, variables: (StartupHook.OnlyFunction, "1"));

        Assert.That(await function.Http.GetStringAsync("/"), Is.EqualTo("the only one"));
    }

    [Test]
    public async Task Target_OneOfSeveralFunctions_MustBeNamed()
    {
        var (exitCode, output) = await FunctionProcess.FailAsync(target: null);

        Assert.That(exitCode, Is.Not.Zero);
        Assert.That(output, Does.Contain("FUNCTION_TARGET"));
    }

    [Test]
    public async Task Target_NoFunction_EndsTheProcess()
    {
        var (exitCode, output) = await FunctionProcess.FailAsync(typeof(Seen));

        Assert.That(exitCode, Is.Not.Zero);
        Assert.That(output, Does.Contain(typeof(Seen).FullName));
    }

    [Test]
    public async Task Untyped_Event_IsHandedOver()
    {
        await using var function = await FunctionProcess.StartAsync(typeof(UntypedEcho));
        var answer = await function.Http.SendAsync(Push.Binary("""{"any":"json"}"""));

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(answer.Told("x-event").GetProperty("Id").GetString(), Is.EqualTo("e-1"));
    }

    [Test]
    public async Task StorageObject_NumbersAsText_AreRead()
    {
        await using var function = await FunctionProcess.StartAsync(typeof(ObjectEcho));
        var told = (await function.Http.SendAsync(Push.Binary("""
            {"bucket":"b","name":"logs/a.gz","size":"1234567890123","generation":"17","contentType":"text/plain",
            "contentEncoding":"gzip","timeCreated":"2026-01-02T03:04:05.678Z","md5Hash":"x","storageClass":"STANDARD"}
            """))).Told("x-data");

        Assert.That(told.GetProperty("Bucket").GetString(), Is.EqualTo("b"));
        Assert.That(told.GetProperty("Name").GetString(), Is.EqualTo("logs/a.gz"));
        Assert.That(told.GetProperty("Size").GetInt64(), Is.EqualTo(1_234_567_890_123));
        Assert.That(told.GetProperty("Generation").GetInt64(), Is.EqualTo(17));
        Assert.That(told.GetProperty("ContentType").GetString(), Is.EqualTo("text/plain"));
        Assert.That(told.GetProperty("ContentEncoding").GetString(), Is.EqualTo("gzip"));
        Assert.That(
            told.GetProperty("TimeCreated").GetDateTimeOffset(),
            Is.EqualTo(new DateTimeOffset(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero)));
    }

    [Test]
    public async Task Untyped_StructuredObjectCalledPlainText_IsAnsweredWith400()
    {
        await using var function = await FunctionProcess.StartAsync(typeof(UntypedEcho));
        var answer = await function.Http.SendAsync(Push.StructuredWith("\"datacontenttype\":\"text/plain\",\"data\":{}"));

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
    }

    [Test]
    public async Task Formatter_OfTheStartup_GoesBeforeThatOfTheData()
    {
        await using var function = await FunctionProcess.StartAsync(typeof(MessageEcho), variables: (FirstStartup.NoDataVariable, "1"));
        var answer = await function.Http.SendAsync(Push.Binary(Push.Body()));

        Assert.That(answer.Told("x-data").GetString(), Is.EqualTo("no data"));
    }

    [Test]
    public async Task Log_OnCloudRun_IsOneJsonLinePerEvent()
    {
        await using var function = await FunctionProcess.StartAsync(typeof(MessageEcho), variables: ("K_SERVICE", "pixel"));
        await function.Http.SendAsync(Push.Binary(Push.Body("log")));
        await function.TerminateAsync();

        var entries = function.Lines.Select(line => JsonSerializer.Deserialize<JsonElement>(line)).ToList();
        var entry = entries.Single(entry => entry.GetProperty("category").GetString() == typeof(MessageEcho).FullName);
        Assert.That(entry.GetProperty("message").GetString(), Is.EqualTo("Saw 2 of them"));
        Assert.That(entry.GetProperty("severity").GetString(), Is.EqualTo("WARNING"));
        Assert.That(entry.GetProperty("exception").GetString(), Does.Contain("the cause"));
    }

    [Test]
    public async Task Log_Elsewhere_IsText()
    {
        await using var function = await FunctionProcess.StartAsync(typeof(MessageEcho));
        await function.Http.SendAsync(Push.Binary(Push.Body("log")));
        await function.TerminateAsync();

        Assert.That(function.Lines, Has.Some.Contains("Saw 2 of them").And.Not.StartsWith("{"));
        Assert.That(function.Lines, Has.Some.Contains("the cause"));
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "There is no SIGTERM.")]
    public async Task Terminated_FinishesWhatItServesAndExitsWithZero()
    {
        await using var function = await FunctionProcess.StartAsync(typeof(HttpEcho));
        using var served = await function.Http.GetAsync("/until-stopped", HttpCompletionOption.ResponseHeadersRead);
        var exitCode = await function.TerminateAsync();

        Assert.That(await served.Content.ReadAsStringAsync(), Is.EqualTo("GET served"));
        Assert.That(exitCode, Is.Zero);
    }
}
