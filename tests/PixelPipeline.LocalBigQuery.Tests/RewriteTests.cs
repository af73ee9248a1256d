using System.Net;
using System.Text;

namespace PixelPipeline.LocalBigQuery.Tests;

/// <summary>What of deleted rows and tables is left in the files.</summary>
internal sealed class RewriteTests
{
    private const string Secret = "507f1f77bcf86cd799439011";

    [Test]
    public async Task Rewrite_AfterRowsAndTablesWereDeleted_LeavesNoByteOfThem()
    {
        await using var bigQuery = await RunningBigQuery.StartAsync();
        await bigQuery.CreateTableAsync("pixel", """{"name":"user_id","type":"STRING"}""");
        await bigQuery.CreateTableAsync($"pixel_{Secret}", """{"name":"user_id","type":"STRING"}""");
        var rows = string.Join(',', Enumerable.Range(0, 2_000).Select(i => $$$"""{"json":{"user_id":"{{{(i % 2 == 0 ? Secret : $"somebody{i}")}}}"}}"""));
        await bigQuery.InsertAsync("pixel", $$"""{"rows":[{{rows}}]}""");
        await bigQuery.InsertAsync($"pixel_{Secret}", $$"""{"rows":[{{rows}}]}""");
        await QueryAsync(bigQuery, $"SELECT * FROM `pixels.pixel` WHERE user_id = '{Secret}'"); // into the columns, and a result
        await QueryAsync(bigQuery, $"DELETE FROM `pixels.pixel` WHERE user_id = '{Secret}'");
        await bigQuery.SendAsync(HttpMethod.Delete, $"datasets/pixels/tables/pixel_{Secret}");
        Assert.That(FilesWith(bigQuery, Secret), Is.Not.Empty, "or there is nothing to show");

        var answer = await bigQuery.Http.PostAsync(new Uri($"http://127.0.0.1:{bigQuery.Port}/local/rewrite"), null);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(FilesWith(bigQuery, Secret), Is.Empty);
        Assert.That(FilesWith(bigQuery, "somebody1999"), Is.Not.Empty);
        var left = await QueryAsync(bigQuery, "SELECT COUNT(*), COUNT(DISTINCT user_id) FROM `pixels.pixel`");
        Assert.That(left.Body["rows"]!.ToJsonString(), Is.EqualTo("""[{"f":[{"v":"1000"},{"v":"1000"}]}]"""));
        Assert.That((await bigQuery.InsertAsync("pixel", """{"rows":[{"json":{"user_id":"new"}}]}""")).Body["insertErrors"], Is.Null);
    }

    private static async Task<Answer> QueryAsync(RunningBigQuery bigQuery, string sql)
    {
        var answer = await bigQuery.PostAsync("queries", $$"""{"useLegacySql":false,"query":"{{sql}}"}""");
        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.OK), answer.Body.ToJsonString());
        return answer;
    }

    private static List<string> FilesWith(RunningBigQuery bigQuery, string text) =>
        [.. Directory.GetFiles(Path.GetDirectoryName(bigQuery.DatabasePath)!).Where(file => Holds(file, Encoding.UTF8.GetBytes(text)))];

    private static bool Holds(string path, byte[] text)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes.AsSpan().IndexOf(text) >= 0;
    }
}
