using Microsoft.Extensions.Logging.Abstractions;

namespace PixelPipeline.LocalBigQuery.Tests;

[TestFixture]
internal sealed class DurabilityTests : BigQueryTest
{
    [Test]
    public async Task Restart_KeepsTablesAndRows()
    {
        await BigQuery.InsertAsync("pixel", """{"rows":[{"json":{"user_id":"a"}}]}""");

        await BigQuery.RestartAsync();
        await BigQuery.InsertAsync("pixel", """{"rows":[{"json":{"user_id":"b"}}]}""");

        Assert.That((await BigQuery.ListAsync("pixel", "selectedFields=user_id")).Rows, Is.EqualTo(new[] { "a", "b" }));
    }

    /// <summary>The files as they are when an answer arrives are what a process killed then leaves behind.</summary>
    [Test]
    public async Task Killed_AfterAnAnswer_HasTheRowsOnDisk()
    {
        await BigQuery.InsertAsync("pixel", """{"rows":[{"json":{"user_id":"a"}}]}""");
        await BigQuery.InsertAsync("pixel", """{"templateSuffix":"_x","rows":[{"json":{"user_id":"b"}}]}""");
        var left = CopyFiles();

        try
        {
            Assert.That(await UsersAsync(left, "pixel"), Is.EqualTo(new[] { "a" }));
            Assert.That(await UsersAsync(left, "pixel_x"), Is.EqualTo(new[] { "b" }));
        }
        finally
        {
            Directory.Delete(left, recursive: true);
        }
    }

    [Test]
    public async Task Start_OnAFileOfANewerFormat_IsRefused()
    {
        using (var newer = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={BigQuery.DatabasePath}.new;Pooling=False"))
        {
            newer.Open();
            using var command = newer.CreateCommand();
            command.CommandText = "PRAGMA user_version = 99";
            command.ExecuteNonQuery();
        }

        var options = new BigQueryServerOptions { Port = 0, DatabasePath = BigQuery.DatabasePath + ".new" };

        Assert.That(
            async () => await BigQueryServer.StartAsync(options, NullLoggerFactory.Instance, CancellationToken.None),
            Throws.InstanceOf<InvalidDataException>());
    }

    private string CopyFiles()
    {
        var target = Directory.CreateTempSubdirectory("bigquery-killed-").FullName;
        foreach (var file in new[] { BigQuery.DatabasePath, BigQuery.DatabasePath + "-wal" })
        {
            File.Copy(file, Path.Combine(target, Path.GetFileName(file)));
        }

        return target;
    }

    private static async Task<List<string>> UsersAsync(string folder, string table)
    {
        var options = new BigQueryServerOptions { Port = 0, DatabasePath = Path.Combine(folder, "bigquery.db") };
        await using var server = await BigQueryServer.StartAsync(options, NullLoggerFactory.Instance, CancellationToken.None);
        using var http = new HttpClient();
        var json = await http.GetStringAsync(
            $"http://127.0.0.1:{server.Port}/projects/local/datasets/pixels/tables/{table}/data?selectedFields=user_id");
        return [.. new Answer(default, System.Text.Json.Nodes.JsonNode.Parse(json)!.AsObject()).Rows];
    }
}
