using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace PixelPipeline.LocalBigQuery.Tests.Loads;

/// <summary>Uploads in one request (https://cloud.google.com/bigquery/docs/reference/api-uploads#multipart).</summary>
internal sealed class MultipartUploadTests : LoadTest
{
    [TestCase("\r\n")]
    [TestCase("\n")] // as bq has it
    public async Task Upload_JobAndFile_AreTakenApart(string lineEnd)
    {
        var body = $"--b_1\nContent-Type: application/json\nMIME-Version: 1.0\n\n{Job("load-1")}\n--b_1\nContent-Type: application/octet-stream\n\n"
            .ReplaceLineEndings(lineEnd) + "{\"user_id\":\"--b_1\"}\n{\"user_id\":\"b\"}\n" + "\n--b_1--".ReplaceLineEndings(lineEnd);
        var answer = await SendAsync(body, "\"b_1\"");
        var job = await DoneAsync("load-1");

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await RowsAsync(), Is.EqualTo(new[] { "--b_1|NULL|NULL", "b|NULL|NULL" }));
        Assert.That(Statistic(job, "inputFileBytes"), Is.EqualTo("36"));
    }

    [Test]
    public async Task Upload_EmptyFile_IsNoRows()
    {
        await SendAsync($"--b\r\n\r\n{Job("load-1")}\r\n--b\r\n\r\n\r\n--b--\r\n", "b");

        Assert.That(Statistic(await DoneAsync("load-1"), "outputRows"), Is.EqualTo("0"));
    }

    [TestCase("")]
    [TestCase("--b\r\n\r\n{}\r\n--b\r\n\r\nrows\r\n--b--")] // no load
    [TestCase("--b\r\n\r\nno json\r\n--b\r\n\r\nrows\r\n--b--")]
    [TestCase("--b\r\n\r\n{}\r\n--b\r\n\r\nrows")] // no end
    [TestCase("--other\r\n\r\n{}\r\n--other\r\n\r\nrows\r\n--other--")]
    public async Task Upload_Malformed_IsRefusedAndLeavesNoFile(string body)
    {
        Assert.That((await SendAsync(body, "b")).Status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(Uploads(), Is.Empty);
    }

    [Test]
    public async Task Upload_OfAnotherType_IsRefused() =>
        Assert.That((await BigQuery.PostAsync(Jobs + "?uploadType=media", "rows")).Status, Is.EqualTo(HttpStatusCode.BadRequest));

    private async Task<Answer> SendAsync(string body, string boundary)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse($"multipart/related; boundary={boundary}");
        return await ReadAsync(await BigQuery.Http.PostAsync(new Uri(BigQuery.Http.BaseAddress!, Jobs + "?uploadType=multipart"), content));
    }
}
