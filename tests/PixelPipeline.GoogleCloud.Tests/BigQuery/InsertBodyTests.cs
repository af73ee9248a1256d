using System.Text;
using System.Text.Json;
using PixelPipeline.GoogleCloud.BigQuery;
using PixelPipeline.GoogleCloud.Tests.ClientContract;

namespace PixelPipeline.GoogleCloud.Tests.BigQuery;

/// <summary>An insert as it goes over the wire.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class InsertBodyTests
{
    [Test]
    public async Task Insert_FewRows_GoAsTheyAre()
    {
        await using var test = new WriterUnderTest(Answer.Inserted);
        await test.WriteAsync(WriterUnderTest.Rows("a", "b"));

        var request = test.Server.Requests.Single();
        Assert.That(request.Headers.ContainsKey("Content-Encoding"), Is.False);
        Assert.That(request.Headers["Content-Type"], Is.EqualTo("application/json; charset=utf-8"));
        Assert.That(test.Inserts.Single(), Is.EqualTo(new[] { "a", "b" }));
        Assert.That(request.Json.EnumerateObject().Select(p => p.Name), Is.EqualTo(new[] { "templateSuffix", "rows" }));
    }

    [Test]
    public async Task Insert_ManyRows_GoCompressed()
    {
        await using var test = new WriterUnderTest(Answer.Inserted);
        var ids = Enumerable.Range(0, 2_000).Select(i => $"row{i}").ToArray();
        await test.WriteAsync(WriterUnderTest.Rows(ids));

        var request = test.Server.Requests.Single();
        Assert.That(request.Headers["Content-Encoding"], Is.EqualTo("gzip"));
        Assert.That(test.Inserts.Single(), Is.EqualTo(ids));
    }

    [TestCase(1)]
    [TestCase(InsertBody.CompressedFrom - 20)]
    [TestCase(InsertBody.CompressedFrom)]
    public async Task Of_RowsOfAnySize_AreOneJsonText(int size)
    {
        var row = Encoding.ASCII.GetBytes($"\"{new string('x', size)}\"");
        using var content = InsertBody.Of("", [row, row]);
        await using var stored = await content.ReadAsStreamAsync();
        await using var body = content.Headers.ContentEncoding.Count == 0 ? stored : new System.IO.Compression.GZipStream(stored, System.IO.Compression.CompressionMode.Decompress);
        using var json = await JsonDocument.ParseAsync(body);

        Assert.That(json.RootElement.GetProperty("rows").EnumerateArray().Select(r => r.GetString()!.Length), Is.EqualTo(new[] { size, size }));
    }
}
