using System.Buffers;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace PixelPipeline.Local.Storage;

/// <summary>The methods of <c>objects</c> that read, list and write whole objects (<see href="https://cloud.google.com/storage/docs/json_api/v1/objects"/>).</summary>
internal sealed class ObjectRoutes(BucketFolder folder)
{
    private const int CopyBytes = 65_536;

    /// <summary>Adds the endpoints.</summary>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/storage/v1/b/{bucket}/o", ListAsync);
        routes.MapGet("/storage/v1/b/{bucket}/o/{**name}", GetAsync);
        routes.MapPost("/upload/storage/v1/b/{bucket}/o", InsertAsync);
    }

    private Task ListAsync(HttpContext context)
    {
        RequireBucket(context);
        ObjectRequest.Allow(context, "prefix", "maxResults", "pageToken");
        var query = context.Request.Query;
        var page = ObjectPage.Read(folder.Objects(), query["prefix"].ToString(), query["pageToken"].ToString(), ObjectRequest.PageSize(context));
        var answer = new JsonObject { ["kind"] = "storage#objects" };
        if (page.NextToken is not null)
        {
            answer["nextPageToken"] = page.NextToken;
        }

        if (page.Objects.Count > 0)
        {
            answer["items"] = new JsonArray([.. page.Objects.Select(o => ObjectResource.Of(folder.Bucket, o))]);
        }

        return context.Response.WriteAsJsonAsync(answer, context.RequestAborted);
    }

    private async Task GetAsync(HttpContext context)
    {
        RequireBucket(context);
        var name = ObjectRequest.NameInPath(context);
        if (context.Request.Query["alt"] == "media")
        {
            ObjectRequest.Allow(context, "alt");
            await SendAsync(context, name);
            return;
        }

        ObjectRequest.Allow(context);
        var found = folder.Find(name) ?? throw StorageException.NotFound(folder.Bucket, name);
        await context.Response.WriteAsJsonAsync(ObjectResource.Of(folder.Bucket, found), context.RequestAborted);
    }

    private async Task InsertAsync(HttpContext context)
    {
        RequireBucket(context);
        ObjectRequest.Allow(context, "uploadType", "name", "ifGenerationMatch");
        if (context.Request.Query["uploadType"] != "media")
        {
            throw StorageException.NotServed("uploads other than uploadType=media");
        }

        var name = ObjectRequest.Name(context.Request.Query["name"]);
        if (context.Request.Query["ifGenerationMatch"] is [{ } generation] && (folder.Find(name)?.Generation ?? 0).ToString(CultureInfo.InvariantCulture) != generation) // 0: there is to be none
        {
            throw StorageException.ConditionNotMet();
        }

        var written = await folder.WriteAsync(name, context.Request.Body, context.RequestAborted);
        await context.Response.WriteAsJsonAsync(ObjectResource.Of(folder.Bucket, written), context.RequestAborted);
    }

    private async Task SendAsync(HttpContext context, ObjectName name)
    {
        await using var content = folder.OpenRead(name, out var found) ?? throw StorageException.NotFound(folder.Bucket, name);
        context.Response.ContentType = ObjectResource.ContentType;
        context.Response.ContentLength = found!.Size;
        var buffer = ArrayPool<byte>.Shared.Rent(CopyBytes);
        try
        {
            // As many bytes as were promised: a file that grows is delivered again once it has grown.
            for (var left = found.Size; left > 0;)
            {
                var count = await content.ReadAsync(buffer.AsMemory(0, (int)Math.Min(left, CopyBytes)), context.RequestAborted);
                if (count == 0)
                {
                    context.Abort(); // the file became shorter: the reader must not take what it has for all
                    return;
                }

                await context.Response.Body.WriteAsync(buffer.AsMemory(0, count), context.RequestAborted);
                left -= count;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private void RequireBucket(HttpContext context)
    {
        if ((string?)context.GetRouteValue("bucket") != folder.Bucket)
        {
            throw StorageException.NoBucket();
        }
    }
}
