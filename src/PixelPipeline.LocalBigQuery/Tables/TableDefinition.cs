using System.Text.Json;
using System.Text.Json.Nodes;
using PixelPipeline.LocalBigQuery.Api;
using PixelPipeline.LocalBigQuery.Schemas;
using PixelPipeline.LocalBigQuery.Storage;

namespace PixelPipeline.LocalBigQuery.Tables;

/// <summary>
/// What a client defines of a table or view, checked: the stored part of the Table resource
/// (https://cloud.google.com/bigquery/docs/reference/rest/v2/tables#Table).
/// </summary>
/// <param name="Kind">TABLE, VIEW or EXTERNAL.</param>
/// <param name="Resource">As it is stored.</param>
internal sealed record TableDefinition(string Kind, JsonObject Resource)
{
    private static readonly string[] Settable =
    [
        "schema", "view", "timePartitioning", "clustering", "externalDataConfiguration", "requirePartitionFilter",
        "friendlyName", "description", "labels", "expirationTime",
    ];

    private static readonly string[] NotOffered =
        ["materializedView", "rangePartitioning", "snapshotDefinition", "cloneDefinition", "tableConstraints", "encryptionConfiguration"];

    /// <summary>A new table or view.</summary>
    /// <exception cref="ApiException">400: something in it is wrong or not offered.</exception>
    public static TableDefinition New(JsonObject body)
    {
        var resource = Pick(body);
        if (resource["schema"] is { } schema)
        {
            resource["schema"] = SchemaFields.Check(schema);
        }

        return Check(resource);
    }

    /// <summary>A table as a change leaves it.</summary>
    /// <param name="table">What messages call it.</param>
    /// <param name="current">The stored resource.</param>
    /// <param name="body">The change.</param>
    /// <param name="replace">Whether what is absent is removed (PUT) or kept (PATCH). A schema is never removed.</param>
    /// <exception cref="ApiException">400: something in it is wrong, not offered, or can't be changed.</exception>
    public static TableDefinition Change(object table, JsonObject current, JsonObject body, bool replace)
    {
        var wanted = Pick(body);
        _ = wanted.Remove("schema", out var schema);
        var changed = replace ? wanted : current.DeepClone().AsObject();
        if (!replace)
        {
            _ = changed.Remove("schema");
            ResourceJson.Merge(changed, PickNulls(body, wanted));
        }

        changed["schema"] = schema is null
            ? current["schema"]?.DeepClone()
            : SchemaChange.Apply(table, current["schema"], schema);
        var definition = Check(changed);
        return definition.Kind == KindOf(current)
            ? definition
            : throw ApiException.Invalid($"Cannot change the type of {table} from {KindOf(current)} to {definition.Kind}.");
    }

    private static JsonObject Pick(JsonObject body)
    {
        var unsupported = NotOffered.FirstOrDefault(name => body[name] is not null);
        if (unsupported is not null)
        {
            throw ApiException.Invalid($"The local BigQuery does not offer {unsupported}.", unsupported);
        }

        var picked = Settable.Where(name => body[name] is not null)
            .Select(name => KeyValuePair.Create(name, body[name]?.DeepClone()));
        return new JsonObject(picked);
    }

    private static JsonObject PickNulls(JsonObject body, JsonObject wanted)
    {
        foreach (var name in Settable.Where(name => name != "schema" && body.ContainsKey(name) && body[name] is null))
        {
            wanted[name] = null;
        }

        return wanted;
    }

    private static TableDefinition Check(JsonObject resource)
    {
        var kind = KindOf(resource);
        PartitioningRules.RequireMilliseconds(resource["expirationTime"], "expirationTime");
        if (kind == TableKinds.View)
        {
            CheckView(resource);
        }
        else
        {
            PartitioningRules.Check(resource);
        }

        return new TableDefinition(kind, resource);
    }

    private static void CheckView(JsonObject resource)
    {
        if (resource["view"] is not JsonObject view || string.IsNullOrWhiteSpace(RequestJson.Of(view, "query")))
        {
            throw ApiException.Invalid("A view needs a query.", "view.query");
        }

        if (view["useLegacySql"]?.GetValueKind() == JsonValueKind.True)
        {
            throw ApiException.Invalid("The local BigQuery offers GoogleSQL only: set useLegacySql to false.", "view.useLegacySql");
        }

        view["useLegacySql"] = false;
        _ = resource.Remove("schema"); // a view's columns are its query's
    }

    private static string KindOf(JsonObject resource) => (resource["view"], resource["externalDataConfiguration"]) switch
    {
        (not null, null) => TableKinds.View,
        (null, not null) => TableKinds.External,
        (null, null) => TableKinds.Table,
        _ => throw ApiException.Invalid("A table is either a view or external, not both."),
    };
}
