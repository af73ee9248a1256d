using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using PixelPipeline.GoogleCloud.BigQuery;
using PixelPipeline.GoogleCloud.PubSub;
using PixelPipeline.GoogleCloud.Storage;
using PixelPipeline.GoogleCloud.Tests.ClientContract;

namespace PixelPipeline.Functions.Tests;

/// <summary>When the function serves, and what becomes of what is in flight once it is told to stop.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class StartAndStopTests
{
    [Test]
    public async Task Start_TablesMissing_MakesThem()
    {
        await using var bigQuery = new RecordingBigQuery();
        await using var function = await PixelFunctionProcess.StartAsync(bigQuery);

        Assert.That(bigQuery.Made.Select(m => m.ToString()), Has.Exactly(3).Items);
        Assert.That(bigQuery.Made.Select(m => m.ToString()), Has.Some.Contains("rejected_pixel"));
    }

    [Test]
    public async Task Start_TablesMissingAndNotToBeMade_EndsWithOneLine()
    {
        await using var bigQuery = new RecordingBigQuery();
        await using var function = PixelFunctionProcess.Launch(bigQuery, ("Pixel__CreateTables", "false"));

        Assert.That(await function.ExitAsync(), Is.EqualTo(1));
        Assert.That(function.Errors, Is.EqualTo(new[] { "The dataset pixels is missing. Run deploy/up.sh, or set Pixel__CreateTables=true." }));
    }

    [Test]
    public async Task Start_NoAccess_EndsWithOneLine()
    {
        await using var bigQuery = new RecordingBigQuery { Instead = _ => Answer.Error(403, "accessDenied") };
        await using var function = PixelFunctionProcess.Launch(bigQuery);

        Assert.That(await function.ExitAsync(), Is.EqualTo(1));
        Assert.That(function.Errors, Is.EqualTo(new[] { "The dataset pixels cannot be used: said why" }));
    }

    [Test]
    public async Task Start_TemplateTableNotKnownYet_ServesNothing()
    {
        var known = new TaskCompletionSource();
        await using var bigQuery = new RecordingBigQuery
        {
            Instead = request => request.Target.Contains("/tables/pixel?", StringComparison.Ordinal) && !known.Task.IsCompleted
                ? Answer.Error(404, "notFound").After(known.Task)
                : null,
        };
        await using var function = PixelFunctionProcess.Launch(bigQuery);
        await Eventually.IsTrueAsync(() => bigQuery.Server.Requests.Any(r => r.Target.Contains("/tables/pixel?", StringComparison.Ordinal)), "the question");
        Assert.That(await function.IsServingAsync(), Is.False);
        known.SetResult();
        await Eventually.IsTrueAsync(function.IsServingAsync, "it serves");
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "There is no SIGTERM.")]
    public async Task Stop_BeforeItServes_EndsAtOnceWithoutAnError()
    {
        await using var bigQuery = new RecordingBigQuery { Instead = _ => Answer.Never };
        await using var function = PixelFunctionProcess.Launch(bigQuery);
        await Eventually.IsTrueAsync(() => bigQuery.Server.Requests.Count > 0, "the first question");
        var clock = Stopwatch.StartNew();

        Assert.That(await function.TerminateAsync(), Is.Zero);
        Assert.That(clock.Elapsed, Is.LessThan(TimeSpan.FromSeconds(8)));
        Assert.That(function.Errors, Is.Empty);
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "There is no SIGTERM.")]
    public async Task Stop_InsertUnderWay_IsFinishedAndAcknowledged()
    {
        var slow = new TaskCompletionSource();
        await using var bigQuery = new RecordingBigQuery { Afterwards = _ => Answer.Inserted.After(slow.Task) };
        await using var function = await PixelFunctionProcess.StartAsync(bigQuery);
        var delivery = function.SendAsync(Some.LogEntry());
        await Eventually.IsTrueAsync(() => bigQuery.InsertCount == 1, "the insert");
        await function.SignalTermAsync();
        await Eventually.IsTrueAsync(() => IsRefusing(function), "no new deliveries");
        slow.SetResult();

        Assert.That((await delivery).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await function.ExitAsync(), Is.Zero);
        Assert.That(function.Output, Has.Some.Contains("1 received = 1 written"), "the last figures include it");
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "There is no SIGTERM.")]
    public async Task Stop_InsertHangs_EndsBeforeTheInsertIsTriedAgainAndAcknowledgesNothing()
    {
        await using var bigQuery = new RecordingBigQuery { Afterwards = _ => Answer.Never };
        await using var function = await PixelFunctionProcess.StartAsync(bigQuery);
        var delivery = function.SendAsync(Some.LogEntry());
        await Eventually.IsTrueAsync(() => bigQuery.InsertCount == 1, "the insert");
        var exitCode = await function.TerminateAsync();

        // One that hangs is sent again after 20 s: the stop did not wait for that.
        Assert.That(bigQuery.InsertCount, Is.EqualTo(1));
        Assert.That(async () => (await delivery).EnsureSuccessStatusCode(), Throws.TypeOf<HttpRequestException>());
        Assert.That(exitCode, Is.Zero);
    }

    [TestCase(typeof(PixelFunction))]
    [TestCase(typeof(CollectFunction))]
    [TestCase(typeof(LogFileFunction))]
    public void Stop_TimeForWhatIsUnderWay_LeavesCloudRunTwoSecondsOfItsTen(Type function)
    {
        var settings = new Dictionary<string, string?>
        {
            ["FunctionsFramework:FunctionTarget"] = function.FullName,
            ["Pixel:Project"] = "local",
            ["Collect:Topic"] = "projects/local/topics/pixel",
            [BigQueryEndpoint.EmulatorVariable] = "127.0.0.1:1",
            [PubSubEndpoint.EmulatorVariable] = "127.0.0.1:1",
            [CloudStorage.EmulatorVariable] = "127.0.0.1:1",
        };
        var context = new WebHostBuilderContext { Configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build() };
        var services = new ServiceCollection();
        new Startup().ConfigureServices(context, services);
        using var provider = services.BuildServiceProvider();

        // https://cloud.google.com/run/docs/container-contract: SIGKILL comes 10 s after SIGTERM.
        Assert.That(provider.GetRequiredService<IOptions<HostOptions>>().Value.ShutdownTimeout, Is.EqualTo(TimeSpan.FromSeconds(8)));
    }

    private static bool IsRefusing(PixelFunctionProcess function)
    {
        try
        {
            using var connection = new TcpClient("127.0.0.1", function.Http.BaseAddress!.Port);
            return false;
        }
        catch (SocketException)
        {
            return true;
        }
    }
}
