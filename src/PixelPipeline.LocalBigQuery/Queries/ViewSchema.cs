using System.Text.Json.Nodes;
using PixelPipeline.LocalBigQuery.Api;
using PixelPipeline.LocalBigQuery.Sql;

namespace PixelPipeline.LocalBigQuery.Queries;

/// <summary>The columns of views, which follow from their queries.</summary>
internal static class ViewSchema
{
    /// <summary>Refuses a view whose query cannot run, as BigQuery does: what it reads has to be there first.</summary>
    /// <exception cref="ApiException">400 or 404: what is wrong with the query, and where.</exception>
    public static void Check(GoogleSqlEngine engine, string projectId, JsonObject resource)
    {
        try
        {
            Columns(engine, projectId, resource);
        }
        catch (GoogleSqlException failure)
        {
            throw QueryFailures.Of(failure);
        }
    }

    /// <summary>Adds the schema to a view's resource; a view whose tables have gone since is answered without.</summary>
    public static void AddTo(JsonObject resource, GoogleSqlEngine engine, string projectId)
    {
        if (resource["view"] is null)
        {
            return;
        }

        try
        {
            resource["schema"] = Columns(engine, projectId, resource);
        }
        catch (GoogleSqlException)
        {
            resource.Remove("schema");
        }
    }

    private static JsonObject Columns(GoogleSqlEngine engine, string projectId, JsonObject resource)
    {
        using var query = engine.Prepare((string)resource["view"]!["query"]!, [], projectId, defaultDataset: null);
        return QuerySchema.Of(query.Columns);
    }
}
