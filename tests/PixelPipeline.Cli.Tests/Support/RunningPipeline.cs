using System.Globalization;
using Google.Cloud.BigQuery.V2;
using PixelPipeline.GoogleCloud.BigQuery;

namespace PixelPipeline.Cli.Tests.Support;

/// <summary>One <c>pixel up</c> on free ports and a data folder, which may be one of an earlier run.</summary>
internal sealed class RunningPipeline : IDisposable
{
    /// <summary>Among the arguments: the layout that holds unless one is given, in place of template, which most tests are about.</summary>
    public const string DefaultLayout = "default layout";

    private RunningPipeline(PixelProcess process, int port, int functionPort, int bigQueryPort)
    {
        Process = process;
        Pixel = new Uri($"http://127.0.0.1:{port}/pixel.png");
        Function = new Uri($"http://127.0.0.1:{functionPort}/");
        BigQueryHost = $"127.0.0.1:{bigQueryPort}";
        BigQuery = BigQueryEndpoint.CreateClient("local", BigQueryHost);
    }

    public PixelProcess Process { get; }

    public Uri Pixel { get; }

    public Uri Function { get; }

    public string BigQueryHost { get; }

    public BigQueryClient BigQuery { get; }

    public HttpClient Http { get; } = new();

    public static Task<RunningPipeline> StartAsync(string dataFolder, params string[] more) => StartAsync(dataFolder, variable: null, more);

    public static async Task<RunningPipeline> StartAsync(string dataFolder, (string Name, string Value)? variable, params string[] more)
    {
        int[] ports = [FreePort.Take(), FreePort.Take(), FreePort.Take()];
        var texts = Array.ConvertAll(ports, p => p.ToString(CultureInfo.InvariantCulture));
        string[] layout = more.Contains("--layout") || more.Contains(DefaultLayout) ? [] : ["--layout", "template"];
        var process = PixelProcess.Start(
            variable,
            ["up", "--data", dataFolder, "--port", texts[0], "--function-port", texts[1], "--bigquery-port", texts[2], .. layout, .. more.Where(m => m != DefaultLayout)]);
        var pipeline = new RunningPipeline(process, ports[0], ports[1], ports[2]);
        try
        {
            await process.WaitForOutputAsync("Ctrl-C stops it.");
            return pipeline;
        }
        catch
        {
            pipeline.Dispose();
            throw;
        }
    }

    /// <summary>A hit with this query; fails unless it is answered by 200.</summary>
    public async Task HitAsync(string query)
    {
        using var answer = await Http.GetAsync($"{Pixel}?{query}");
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>The ids of all tables; views are none.</summary>
    public async Task<List<string>> TablesAsync()
    {
        var tables = new List<string>();
        await foreach (var table in BigQuery.ListTablesAsync("pixels"))
        {
            if (table.Resource.Type == "TABLE")
            {
                tables.Add(table.Reference.TableId);
            }
        }

        return tables;
    }

    /// <summary>Whether a table is there and has a row, of which no more than the first is asked for.</summary>
    public async Task<bool> HasRowsAsync(string table)
    {
        try
        {
            return (await BigQuery.ListRowsAsync("pixels", table).ReadPageAsync(1)).Any();
        }
        catch (Google.GoogleApiException e) when (e.HttpStatusCode == System.Net.HttpStatusCode.NotFound)
        {
            return false;
        }
    }

    /// <summary>All rows of a table; none where there is no such table.</summary>
    public async Task<List<BigQueryRow>> RowsAsync(string table)
    {
        try
        {
            var rows = new List<BigQueryRow>();
            await foreach (var row in BigQuery.ListRowsAsync("pixels", table))
            {
                rows.Add(row);
            }

            return rows;
        }
        catch (Google.GoogleApiException e) when (e.HttpStatusCode == System.Net.HttpStatusCode.NotFound)
        {
            return [];
        }
    }

    /// <summary>Waits until a table has so many rows, and gives them.</summary>
    public async Task<List<BigQueryRow>> RowsAsync(string table, int count)
    {
        List<BigQueryRow> rows = [];
        await Eventually.IsTrueAsync(async () => (rows = await RowsAsync(table)).Count >= count, $"{count} rows in {table}");
        Assert.That(rows, Has.Count.EqualTo(count));
        return rows;
    }

    /// <summary>Waits until a user has so many rows in a table, whoever else has, and gives them.</summary>
    public async Task<List<BigQueryRow>> RowsOfAsync(string user, string table, int count)
    {
        List<BigQueryRow> rows = [];
        await Eventually.IsTrueAsync(async () => (rows = (await RowsAsync(table)).FindAll(r => r["user_id"] is string of && of == user)).Count >= count, $"{count} rows of {user} in {table}");
        Assert.That(rows, Has.Count.EqualTo(count));
        return rows;
    }

    /// <summary>What a query of the views answers: they are made a moment after the first row.</summary>
    public async Task<List<BigQueryRow>> AskViewsAsync(string sql)
    {
        List<BigQueryRow> rows = [];
        await Eventually.IsTrueAsync(
            async () =>
            {
                try
                {
                    rows = [.. await BigQuery.ExecuteQueryAsync(sql, parameters: null)];
                    return true;
                }
                catch (Google.GoogleApiException e) when (e.HttpStatusCode == System.Net.HttpStatusCode.NotFound)
                {
                    return false;
                }
            },
            "the views");
        return rows;
    }

    public void Dispose()
    {
        Process.Dispose();
        BigQuery.Dispose();
        Http.Dispose();
    }
}
