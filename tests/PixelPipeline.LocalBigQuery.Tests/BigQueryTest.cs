namespace PixelPipeline.LocalBigQuery.Tests;

/// <summary>Gives each test a local BigQuery of its own, with a table <c>pixel</c> of three columns.</summary>
internal abstract class BigQueryTest
{
    protected const string PixelFields =
        """{"name":"user_id","type":"STRING","mode":"REQUIRED"},{"name":"type","type":"STRING"},{"name":"amount","type":"INTEGER"}""";

    protected RunningBigQuery BigQuery { get; private set; } = null!;

    [SetUp]
    public async Task StartBigQuery()
    {
        BigQuery = await RunningBigQuery.StartAsync();
        await BigQuery.CreateTableAsync("pixel", PixelFields);
    }

    [TearDown]
    public async Task StopBigQuery() => await BigQuery.DisposeAsync();
}
