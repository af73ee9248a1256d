using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using PixelPipeline.LocalBigQuery.Api;
using PixelPipeline.LocalBigQuery.Storage;

namespace PixelPipeline.LocalBigQuery.Rest;

/// <summary>The methods of <c>datasets</c> (https://cloud.google.com/bigquery/docs/reference/rest/v2/datasets).</summary>
internal sealed class DatasetRoutes(Database database, WriteQueue writes, TimeProvider time)
{
    private const string Collection = "/projects/{project}/datasets";
    private const string Item = Collection + "/{dataset}";
    private const int MaximumPage = 1000;

    /// <summary>Adds the endpoints.</summary>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Collection, ListAsync);
        routes.MapPost(Collection, InsertAsync);
        routes.MapGet(Item, GetAsync);
        routes.MapPatch(Item, PatchAsync);
        routes.MapPut(Item, PatchAsync);
        routes.MapDelete(Item, DeleteAsync);
    }

    private Task ListAsync(HttpContext context)
    {
        var project = ResourceIds.Project((string?)context.GetRouteValue("project"));
        var limit = (int)Math.Clamp(Paging.Number(context, "maxResults") ?? Paging.UsualPage, 1, MaximumPage);
        var after = Paging.Position(context) ?? "";
        var found = database.Read(session => DatasetCatalog.List(session, after, limit + 1));
        var page = found.Take(limit).Select(dataset => (JsonNode)DatasetResource.Summary(new(project, dataset.Id), dataset.Resource));
        var answer = new JsonObject { ["kind"] = "bigquery#datasetList", ["datasets"] = new JsonArray([.. page]) };
        if (found.Count > limit)
        {
            answer["nextPageToken"] = Paging.Token(found[limit - 1].Id);
        }

        return context.WriteJsonAsync(answer);
    }

    private async Task InsertAsync(HttpContext context)
    {
        var body = await JsonBody.ReadResourceAsync(context.Request);
        var reference = body["datasetReference"] as JsonObject ?? throw ApiException.Invalid("Required parameter is missing: datasetReference");
        var address = new DatasetAddress(
            ResourceIds.Project((string?)context.GetRouteValue("project")),
            ResourceIds.Dataset(RequestJson.Of(reference, "datasetId")));
        var resource = DatasetResource.New(body, Now);
        await writes.RunAsync(
            session => DatasetCatalog.TryAdd(session, address.DatasetId, resource) ? true : throw ApiException.Duplicate("Dataset", address),
            context.RequestAborted);
        await context.WriteJsonAsync(DatasetResource.Full(context, address, resource));
    }

    private Task GetAsync(HttpContext context)
    {
        var address = DatasetAddress.Of(context);
        var resource = database.Read(session => Require(session, address));
        return context.WriteJsonAsync(DatasetResource.Full(context, address, resource));
    }

    private async Task PatchAsync(HttpContext context)
    {
        var address = DatasetAddress.Of(context);
        var body = await JsonBody.ReadResourceAsync(context.Request);
        var ifMatch = context.Request.Headers.IfMatch.ToString();
        var resource = await writes.RunAsync(
            session =>
            {
                var current = Require(session, address);
                ResourceJson.RequireMatch(ifMatch, ResourceJson.ETag(current, 0));
                var changed = DatasetResource.Patch(current, body, Now);
                DatasetCatalog.Update(session, address.DatasetId, changed);
                return changed;
            },
            context.RequestAborted);
        await context.WriteJsonAsync(DatasetResource.Full(context, address, resource));
    }

    private async Task DeleteAsync(HttpContext context)
    {
        var address = DatasetAddress.Of(context);
        var deleteContents = string.Equals(context.Request.Query["deleteContents"], "true", StringComparison.OrdinalIgnoreCase);
        await writes.RunAsync(
            session =>
            {
                _ = Require(session, address);
                if (!deleteContents && TableCatalog.Count(session, address.DatasetId) > 0)
                {
                    throw new ApiException(StatusCodes.Status400BadRequest, "resourceInUse", $"Dataset {address} is still in use");
                }

                DatasetCatalog.Remove(session, address.DatasetId);
                return true;
            },
            context.RequestAborted);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private static string Require(SqlSession session, DatasetAddress address) =>
        DatasetCatalog.Find(session, address.DatasetId) ?? throw ApiException.NotFound("Dataset", address);
}
