using System.Globalization;
using Microsoft.AspNetCore.Http;
using PixelPipeline.Cli.Tests.Producing;
using PixelPipeline.Cli.Tests.Support;

namespace PixelPipeline.Cli.Tests.EndToEnd;

/// <summary>What is produced is there, as often as was said.</summary>
[Parallelizable(ParallelScope.Self)]
internal sealed class ProduceTests
{
    private const string TaxiHeader = "id,vendor_id,pickup_datetime,dropoff_datetime,passenger_count,pickup_longitude,pickup_latitude,dropoff_longitude,dropoff_latitude,store_and_fwd_flag,trip_duration";
    private TempFolder _data = null!;

    [SetUp]
    public void MakeDataFolder() => _data = new TempFolder();

    [TearDown]
    public void RemoveDataFolder() => _data.Dispose();

    [Test]
    public async Task EachSource_IntoARunningPipeline_IsExportedAsCounted()
    {
        using var pipeline = await RunningPipeline.StartAsync(Path.Combine(_data.Path, "data"));
        var collector = new Uri(pipeline.Pixel, "/collect").ToString();
        var csv = Path.Combine(_data.Path, "taxi.csv");
        await File.WriteAllLinesAsync(csv, [TaxiHeader, .. Enumerable.Range(0, 320).Select(i =>
            string.Create(CultureInfo.InvariantCulture, $"id{i},{i % 2},2016-03-14 17:24:55,2016-03-14 17:32:30,1,-73.98,40.76,-73.96,40.{i},\"N\",{i}"))]);
        await using var stream = await ScriptedServer.StartAsync(async context =>
        {
            context.Response.ContentType = "text/event-stream";
            foreach (var i in Enumerable.Range(0, 25))
            {
                await context.Response.WriteAsync($"id: [{i}]\ndata: {{\"timestamp\":1795230000,\"id\":{i},\"type\":\"edit\",\"wiki\":\"enwiki\"}}\n\n");
            }
        });

        await ProduceAsync("200 sent, 0 failed", "synthetic", "--events", "200", "--workers", "5", "--to", pipeline.Pixel.ToString());
        string[] trips = ["csv", csv, "--map", "vendor_id=user_id", "--set", "type=trip", "--to", collector];
        await ProduceAsync("320 sent, 0 failed", trips);
        await ProduceAsync("320 sent, 0 failed", trips); // changes nothing
        await ProduceAsync("25 sent, 0 failed", "sse", stream.Address.ToString(), "--fields", "timestamp,id,type,wiki", "--map", "wiki=user_id", "--events", "25", "--to", collector);

        await Eventually.IsTrueAsync(async () => (await ExportAsync(pipeline)).Length == 1 + 200 + 320 + 25, "all events are exported");
        var lines = await ExportAsync(pipeline);
        Assert.That(lines[0], Is.EqualTo("event_id,event_time,user_id,type,order_id,page,site,referrer,title,language,screen_width,hit_id,utm_source,utm_medium,utm_campaign,referer,user_agent,agent_class,browser,os,device,visitor"));
        Assert.That(lines.Count(l => l.Contains(",trip,", StringComparison.Ordinal)), Is.EqualTo(320));
        Assert.That(lines.Count(l => l.Contains(",enwiki,edit,", StringComparison.Ordinal)), Is.EqualTo(25));
    }

    [Test]
    public async Task Produce_ToAnotherMachineWithoutYes_SendsNothing()
    {
        var (exitCode, _, errors) = await InProcess.RunAsync("produce", "synthetic", "--to", "http://track.example.com/pixel.png");
        Assert.That((exitCode, errors), Is.EqualTo((1, "track.example.com is not this machine: add --yes to send events there.")));
    }

    [Test]
    public async Task Produce_AddressOfTheEnvironmentThatIsNone_IsToldWithItsVariable()
    {
        var (exitCode, _, errors) = await PixelProcess.RunAsync(("API_URL", "bogus"), ["produce", "synthetic"]);
        Assert.That((exitCode, errors), Is.EqualTo((1, "API_URL bogus, of the environment or .env, is no http or https URL: mend it, or name a target with --to.")));
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "It has no SIGINT to send.")]
    public async Task Produce_BrokenOff_SaysHowFarItGot()
    {
        var taken = 0;
        await using var server = await ScriptedServer.StartAsync(_ =>
        {
            Interlocked.Increment(ref taken);
            return Task.CompletedTask;
        });
        using var produce = PixelProcess.Start("produce", "synthetic", "--events", "5000000", "--rate", "100", "--to", $"{server.Address}pixel.png");
        await Eventually.IsTrueAsync(() => taken > 3, "some are sent");
        produce.Signal(PixelProcess.SigInt);
        Assert.That(await produce.ExitAsync(), Is.EqualTo(130));
        Assert.That(produce.Errors, Does.Match("^Broken off after [0-9,]+ of 5,000,000 events.$"));
    }

    [TestCase("--map", "nope=user_id")]
    [TestCase("--id", "nope")]
    public async Task Csv_ColumnThatIsNotThere_IsNamedAndNothingSent(params string[] more)
    {
        var csv = Path.Combine(_data.Path, "f.csv");
        await File.WriteAllTextAsync(csv, "vendor_id\n1\n");
        var (exitCode, _, errors) = await InProcess.RunAsync(["produce", "csv", csv, .. more, "--to", $"http://127.0.0.1:{FreePort.Take()}/pixel.png"]);
        Assert.That(exitCode, Is.EqualTo(1));
        Assert.That(errors, Does.StartWith($"{more[0]} nope").And.Contain(csv).And.Not.Contain(Environment.NewLine));
    }

    private static async Task ProduceAsync(string expected, params string[] arguments)
    {
        var (exitCode, output, errors) = await InProcess.RunAsync(["produce", .. arguments]);
        Assert.That((exitCode, output.StartsWith(expected, StringComparison.Ordinal)), Is.EqualTo((0, true)), output + errors);
    }

    private async Task<string[]> ExportAsync(RunningPipeline pipeline)
    {
        var file = Path.Combine(_data.Path, "export.csv");
        var (exitCode, _, errors) = await PixelProcess.RunAsync("export", "--bigquery", pipeline.BigQueryHost, "--out", file);
        Assert.That(exitCode, Is.Zero, errors);
        Assert.That(await File.ReadAllTextAsync(file), Does.EndWith("\r\n"));
        return await File.ReadAllLinesAsync(file);
    }
}
