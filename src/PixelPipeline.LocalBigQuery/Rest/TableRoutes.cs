using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using PixelPipeline.LocalBigQuery.Api;
using PixelPipeline.LocalBigQuery.Changes;
using PixelPipeline.LocalBigQuery.Queries;
using PixelPipeline.LocalBigQuery.Sql;
using PixelPipeline.LocalBigQuery.Storage;
using PixelPipeline.LocalBigQuery.Tables;

namespace PixelPipeline.LocalBigQuery.Rest;

/// <summary>The methods of <c>tables</c> (https://cloud.google.com/bigquery/docs/reference/rest/v2/tables).</summary>
internal sealed class TableRoutes(Database database, WriteQueue writes, TimeProvider time, GoogleSqlEngine engine, StreamingBuffer buffer)
{
    private const string Collection = "/projects/{project}/datasets/{dataset}/tables";
    private const string Item = Collection + "/{table}";
    private const int MaximumPage = 10_000;

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Adds the endpoints.</summary>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Collection, ListAsync);
        routes.MapPost(Collection, InsertAsync);
        routes.MapGet(Item, GetAsync);
        routes.MapPatch(Item, context => ChangeAsync(context, replace: false));
        routes.MapPut(Item, context => ChangeAsync(context, replace: true));
        routes.MapDelete(Item, DeleteAsync);
    }

    private Task ListAsync(HttpContext context)
    {
        var dataset = DatasetAddress.Of(context);
        var limit = (int)Math.Clamp(Paging.Number(context, "maxResults") ?? Paging.UsualPage, 1, MaximumPage);
        var after = Paging.Position(context) ?? "";
        var (total, found) = database.Read(session =>
        {
            RequireDataset(session, dataset);
            return (TableCatalog.Count(session, dataset.DatasetId), TableCatalog.List(session, dataset.DatasetId, after, limit + 1));
        });
        var page = found.Take(limit).Select(table => (JsonNode)TableResource.Summary(new(dataset, table.TableId), table));
        var answer = new JsonObject
        {
            ["kind"] = "bigquery#tableList",
            ["tables"] = new JsonArray([.. page]),
            ["totalItems"] = total,
        };
        if (found.Count > limit)
        {
            answer["nextPageToken"] = Paging.Token(found[limit - 1].TableId);
        }

        return context.WriteJsonAsync(answer);
    }

    private async Task InsertAsync(HttpContext context)
    {
        var dataset = DatasetAddress.Of(context);
        var body = await JsonBody.ReadResourceAsync(context.Request);
        var reference = body["tableReference"] as JsonObject ?? throw ApiException.Invalid("Required parameter is missing: tableReference");
        var address = new TableAddress(dataset, ResourceIds.Table(RequestJson.Of(reference, "tableId")));
        var definition = TableDefinition.New(body);
        if (definition.Kind == TableKinds.View)
        {
            ViewSchema.Check(engine, dataset.ProjectId, definition.Resource);
        }

        var resource = definition.Resource.ToJsonString();
        var table = await writes.RunAsync(
            session =>
            {
                RequireDataset(session, dataset);
                return TableCatalog.TryAdd(session, dataset.DatasetId, address.TableId, definition.Kind, resource, Now) is null
                    ? throw ApiException.Duplicate("Table", address)
                    : Require(session, address);
            },
            context.RequestAborted);
        await context.WriteJsonAsync(TableResource.Full(context, address, table, rows: 0, bytes: 0));
    }

    private Task GetAsync(HttpContext context)
    {
        var address = TableAddress.Of(context);
        var resource = database.Read(session => Full(context, session, address));
        ViewSchema.AddTo(resource, engine, address.Dataset.ProjectId);
        return context.WriteJsonAsync(resource);
    }

    private async Task ChangeAsync(HttpContext context, bool replace)
    {
        var address = TableAddress.Of(context);
        var body = await JsonBody.ReadResourceAsync(context.Request);
        var ifMatch = context.Request.Headers.IfMatch.ToString();
        if (body["view"] is not null)
        {
            // Before the write, which every other write waits for: a query may take long to look at.
            var proposed = database.Read(session => TableDefinition.Change(address, Current(Require(session, address)), body, replace));
            ViewSchema.Check(engine, address.Dataset.ProjectId, proposed.Resource);
        }

        await writes.RunAsync(
            session =>
            {
                var table = Require(session, address);
                ResourceJson.RequireMatch(ifMatch, TableResource.ETag(table));
                var changed = TableDefinition.Change(address, Current(table), body, replace);
                TableCatalog.Update(session, table.TableKey, changed.Resource.ToJsonString(), Now);
                return true;
            },
            context.RequestAborted);
        await context.WriteJsonAsync(database.Read(session => Full(context, session, address)));
    }

    // With a decorator, one partition alone.
    private async Task DeleteAsync(HttpContext context)
    {
        var address = TableAddress.Decorated(DatasetAddress.Of(context), (string?)context.GetRouteValue("table"));
        await writes.RunAsync(
            session =>
            {
                var table = Require(session, address);
                if (address.Partition is null)
                {
                    TableCatalog.Remove(session, table.TableKey);
                    return true;
                }

                var (first, end) = RowStore.Numbers(session, table.TableKey);
                RowStore.Remove(session, table.TableKey, first, end, Partition.RangeOf(address, Current(table)));
                return true;
            },
            context.RequestAborted);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static JsonObject Current(StoredTable table) => JsonNode.Parse(table.Resource)!.AsObject();

    private JsonObject Full(HttpContext context, SqlSession session, TableAddress address)
    {
        var table = Require(session, address);
        var (rows, bytes) = (RowStore.Count(session, table.TableKey), RowStore.Bytes(session, table.TableKey));
        var resource = TableResource.Full(context, address, table, rows, bytes);
        if (buffer.Of(session, table.TableKey) is { } streamed)
        {
            resource["streamingBuffer"] = new JsonObject
            {
                ["estimatedRows"] = ResourceJson.Int64(streamed.Rows),
                ["estimatedBytes"] = ResourceJson.Int64(bytes * streamed.Rows / Math.Max(1, rows)),
                ["oldestEntryTime"] = ResourceJson.Int64(streamed.Oldest.ToUnixTimeMilliseconds()),
            };
        }

        return resource;
    }

    private static void RequireDataset(SqlSession session, DatasetAddress dataset)
    {
        if (!DatasetCatalog.Exists(session, dataset.DatasetId))
        {
            throw ApiException.NotFound("Dataset", dataset);
        }
    }

    private static StoredTable Require(SqlSession session, TableAddress address)
    {
        var table = TableCatalog.Find(session, address.Dataset.DatasetId, address.TableId);
        if (table is null)
        {
            RequireDataset(session, address.Dataset);
        }

        return table ?? throw ApiException.NotFound("Table", address);
    }
}
