using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace PixelPipeline.LocalBigQuery.Tests;

[TestFixture]
internal sealed class InsertAllLimitTests : BigQueryTest
{
    private const string Row = """{"json":{"user_id":"a"}}""";

    [Test]
    public async Task InsertAll_FiftyThousandRows_AreInserted()
    {
        await BigQuery.InsertAsync("pixel", Rows(50_000));

        Assert.That((string?)(await BigQuery.ListAsync("pixel", "maxResults=0")).Body["totalRows"], Is.EqualTo("50000"));
    }

    [Test]
    public async Task InsertAll_OneRowMore_Is400Invalid()
    {
        var answer = await BigQuery.InsertAsync("pixel", Rows(50_001));

        Assert.That((answer.Status, answer.Reason), Is.EqualTo((HttpStatusCode.BadRequest, "invalid")));
        Assert.That((await BigQuery.ListAsync("pixel")).Rows, Is.Empty);
    }

    [Test]
    public async Task InsertAll_Over10Megabytes_Is413()
    {
        var answer = await BigQuery.InsertAsync("pixel", $$$"""{"rows":[{"json":{"user_id":"{{{new string('x', 10 * 1024 * 1024)}}}"}}]}""");

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.RequestEntityTooLarge));
    }

    [Test]
    public async Task InsertAll_GzipThatUnpacksToOver10Megabytes_Is413()
    {
        var answer = await PostGzipAsync($$$"""{"rows":[{"json":{"user_id":"{{{new string('x', 10 * 1024 * 1024)}}}"}}]}""");

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.RequestEntityTooLarge));
    }

    [Test]
    public async Task InsertAll_Gzip_IsUnpacked()
    {
        await PostGzipAsync($$"""{"rows":[{{Row}}]}""");

        Assert.That((await BigQuery.ListAsync("pixel")).Rows, Is.EqualTo(new[] { "a|NULL|NULL" }));
    }

    [Test]
    public async Task InsertAll_GzipThatIsNone_Is400()
    {
        var answer = await BigQuery.SendAsync(
            HttpMethod.Post,
            "datasets/pixels/tables/pixel/insertAll",
            $$"""{"rows":[{{Row}}]}""",
            request => request.Content!.Headers.ContentEncoding.Add("gzip"));

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.BadRequest));
    }

    [Test]
    public async Task InsertAll_InsertIdOver128Characters_Is400()
    {
        var answer = await BigQuery.InsertAsync("pixel", $$$"""{"rows":[{"insertId":"{{{new string('x', 129)}}}","json":{"user_id":"a"}}]}""");

        Assert.That((answer.Status, answer.Reason), Is.EqualTo((HttpStatusCode.BadRequest, "invalid")));
    }

    private static string Rows(int count) => $$"""{"rows":[{{string.Join(',', Enumerable.Repeat(Row, count))}}]}""";

    private Task<Answer> PostGzipAsync(string body)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes(body));
        }

        var content = new ByteArrayContent(packed.ToArray());
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        content.Headers.ContentEncoding.Add("gzip");
        return BigQuery.SendAsync(
            HttpMethod.Post, "datasets/pixels/tables/pixel/insertAll", null, request => request.Content = content);
    }
}
