using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using PixelPipeline.LocalBigQuery.Api;
using PixelPipeline.LocalBigQuery.Schemas;
using PixelPipeline.LocalBigQuery.Storage;
using PixelPipeline.LocalBigQuery.Values;

namespace PixelPipeline.LocalBigQuery.Rest;

/// <summary><c>tabledata.list</c> (https://cloud.google.com/bigquery/docs/reference/rest/v2/tabledata/list).</summary>
internal sealed class TableDataRoutes(Database database)
{
    private const int MaximumRows = 10_000;
    private const int MaximumCharacters = 10 * 1024 * 1024;

    /// <summary>Adds the endpoint.</summary>
    public void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/projects/{project}/datasets/{dataset}/tables/{table}/data", ListAsync);

    private Task ListAsync(HttpContext context)
    {
        var address = TableAddress.Of(context);
        var limit = Paging.MaxResults(context, MaximumRows);
        var page = database.Read(session =>
        {
            var table = Require(session, address);
            var start = Start(context, session, table.TableKey);
            var (rows, next) = RowStore.Page(session, table.TableKey, start, limit, MaximumCharacters);
            return new TableDataPage(table, rows, RowStore.Count(session, table.TableKey), next, RowStore.Numbers(session, table.TableKey).End);
        });
        var schema = TableSchema.Of(JsonNode.Parse(page.Table.Resource)!.AsObject());
        var cells = new CellWriter(schema, SelectedFields.Of(context).Indices(schema), Timestamps(context));
        return context.WriteJsonAsync(StatusCodes.Status200OK, writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("kind", "bigquery#tableDataList");
            writer.WriteString("etag", TableResource.ETag(page.Table));
            writer.WriteString("totalRows", ResourceJson.Int64(page.TotalRows));
            if (page.Rows.Count > 0 && page.Next < page.End)
            {
                writer.WriteString("pageToken", Paging.Token($"{page.Table.TableKey}:{page.Next}"));
            }

            cells.WriteRows(writer, page.Rows);
            writer.WriteEndObject();
        });
    }

    /// <summary>How the request wants TIMESTAMP values.</summary>
    public static TimestampFormat Timestamps(HttpContext context) =>
        string.Equals(context.Request.Query["formatOptions.useInt64Timestamp"], "true", StringComparison.OrdinalIgnoreCase)
            ? TimestampFormat.Int64Microseconds
            : TimestampFormat.FloatSeconds;

    private static StoredTable Require(SqlSession session, TableAddress address)
    {
        var table = TableCatalog.Find(session, address.Dataset.DatasetId, address.TableId);
        return table switch
        {
            null => throw ApiException.NotFound("Table", address),
            { Kind: TableKinds.Table } => table,
            _ => throw ApiException.Invalid($"Cannot list a table of type {table.Kind}."),
        };
    }

    /// <summary>The number of the page's first row: from the token, or counted from the table's first row.</summary>
    private static long Start(HttpContext context, SqlSession session, long tableKey)
    {
        if (Paging.Position(context) is not { } position)
        {
            return RowStore.NumberAt(session, tableKey, Paging.Number(context, "startIndex") ?? 0);
        }

        // The key is part of it: a token of a table that was deleted and made again leads nowhere.
        return position.Split(':') is [var key, var row]
            && key == ResourceJson.Int64(tableKey)
            && long.TryParse(row, NumberStyles.None, CultureInfo.InvariantCulture, out var start)
            ? start
            : throw Paging.InvalidToken();
    }

    private sealed record TableDataPage(StoredTable Table, List<string> Rows, long TotalRows, long Next, long End);
}
