using System.Globalization;
using System.Net;
using System.Text;
using Google;
using Google.Cloud.BigQuery.V2;

namespace PixelPipeline.LocalBigQuery.Tests.Loads;

/// <summary>Loads with the client that the product uses.</summary>
internal sealed class ClientLoadTests : BigQueryTest
{
    private BigQueryClient _client = null!;

    [SetUp]
    public void MakeClient() => _client = new BigQueryClientBuilder
    {
        ProjectId = "local",
        BaseUri = $"http://127.0.0.1:{BigQuery.Port}/bigquery/v2/",
        ApiKey = "x",
    }.Build();

    [TearDown]
    public void DisposeClient() => _client.Dispose();

    [Test]
    public async Task Upload_OfTwoChunks_AddsAllRowsOnce()
    {
        var lines = new StringBuilder();
        for (var i = 0; i < 50_000; i++)
        {
            lines.Append(CultureInfo.InvariantCulture, $"{{\"user_id\":\"{new string('u', 220)}\",\"amount\":{i}}}\n");
        }

        using var file = new MemoryStream(Encoding.UTF8.GetBytes(lines.ToString()));
        Assert.That(file.Length, Is.GreaterThan(Google.Apis.Upload.ResumableUpload.DefaultChunkSize));
        var job = await UploadAsync(file);
        await Eventually.IsTrueAsync(async () => (job = await _client.GetJobAsync(job.Reference)).State == JobState.Done, "the job is done");

        Assert.That((job.Status.ErrorResult, job.Statistics.Load.OutputRows, job.Statistics.Load.InputFileBytes), Is.EqualTo(((object?)null, 50_000L, file.Length)));
        Assert.That(
            async () => await UploadAsync(file),
            Throws.InstanceOf<GoogleApiException>().With.Property(nameof(GoogleApiException.HttpStatusCode)).EqualTo(HttpStatusCode.Conflict));
        Assert.That((await _client.GetTableAsync("pixels", "pixel")).Resource.NumRows, Is.EqualTo(50_000UL));
    }

    private Task<BigQueryJob> UploadAsync(Stream file) => _client.UploadJsonAsync(
        "pixels", "pixel", null, file, new UploadJsonOptions { JobId = "import-1", CreateDisposition = CreateDisposition.CreateNever });
}
