using System.Text.Json.Nodes;
using PixelPipeline.LocalBigQuery.Api;
using PixelPipeline.LocalBigQuery.Sql;
using PixelPipeline.LocalBigQuery.Sql.Syntax;
using PixelPipeline.LocalBigQuery.Sql.Types;

namespace PixelPipeline.LocalBigQuery.Queries;

/// <summary>What CREATE TABLE and CREATE VIEW say, as a Table resource says it.</summary>
internal static class CreateJson
{
    /// <summary>The resource, as a client would send it.</summary>
    /// <param name="create">The statement.</param>
    /// <param name="columns">Of the query behind AS; null without one.</param>
    /// <param name="engine">Computes the options' values.</param>
    /// <param name="session">Of the script.</param>
    /// <exception cref="GoogleSqlException">Something in it is not supported.</exception>
    public static JsonObject Body(CreateStatement create, IReadOnlyList<QueryColumn>? columns, GoogleSqlEngine engine, QuerySession session)
    {
        var body = new JsonObject();
        if (create.IsView)
        {
            body["view"] = new JsonObject { ["query"] = create.QueryText, ["useLegacySql"] = false };
        }
        else
        {
            body["schema"] = Schema(create, columns);
        }

        if (create.PartitionBy is { } by)
        {
            body["timePartitioning"] = Partitioning(by);
        }

        if (create.ClusterBy.Count > 0)
        {
            body["clustering"] = new JsonObject { ["fields"] = new JsonArray([.. create.ClusterBy.Select(name => JsonValue.Create(name))]) };
        }

        foreach (var (name, value) in create.Options)
        {
            SetOption(body, name.ToLowerInvariant(), engine.Evaluate(value, session).Value, value.Position);
        }

        return body;
    }

    private static JsonObject Schema(CreateStatement create, IReadOnlyList<QueryColumn>? columns)
    {
        if (create.Columns.Count == 0)
        {
            return QuerySchema.Of(columns!);
        }

        if (columns is not null && !columns.Select(c => c.Type).SequenceEqual(create.Columns.Select(c => c.Type)))
        {
            throw new GoogleSqlException("Not supported: CREATE TABLE with columns of other types than those of its query", create.Position);
        }

        return new JsonObject { ["fields"] = new JsonArray([.. create.Columns.Select(Field)]) };
    }

    private static JsonObject Field(ColumnDefinition column)
    {
        var field = new JsonObject
        {
            ["name"] = column.Name,
            ["type"] = column.Type.IsArray || column.Type.IsStruct ? throw new GoogleSqlException($"Not supported: a column of type {column.Type.Name()}", column.Position) : column.Type.Kind.WireName(),
            ["mode"] = column.IsRequired ? "REQUIRED" : "NULLABLE",
        };
        if (column.Description is { } description)
        {
            field["description"] = description;
        }

        return field;
    }

    // PARTITION BY date, DATE(timestamp), TIMESTAMP_TRUNC(timestamp, HOUR), _PARTITIONDATE.
    private static JsonObject Partitioning(Expression by)
    {
        var (column, granularity) = by switch
        {
            NameExpression { Path: [var name] } => (name, "DAY"),
            CallExpression { Name: "DATE", Arguments: [NameExpression { Path: [var name] }] } => (name, "DAY"),
            CallExpression { Name: "DATE_TRUNC" or "TIMESTAMP_TRUNC", Arguments: [NameExpression { Path: [var name] }, NameExpression { Path: [var part] }] } => (name, part.ToUpperInvariant()),
            _ => throw new GoogleSqlException("Not supported: this PARTITION BY", by.Position),
        };
        var partitioning = new JsonObject { ["type"] = granularity };
        if (!column.Equals("_PARTITIONDATE", StringComparison.OrdinalIgnoreCase) && !column.Equals("_PARTITIONTIME", StringComparison.OrdinalIgnoreCase))
        {
            partitioning["field"] = column;
        }

        return partitioning;
    }

    private static void SetOption(JsonObject body, string name, object? value, SourcePosition position)
    {
        switch (name)
        {
            case "description":
                body["description"] = (value as string) ?? "";
                break;
            case "friendly_name":
                body["friendlyName"] = (value as string) ?? "";
                break;
            case "labels" when value is object?[] labels:
                body["labels"] = new JsonObject(labels.OfType<object?[]>().Select(label => KeyValuePair.Create((string)label[0]!, (JsonNode?)(string?)label[1])));
                break;
            case "expiration_timestamp" when value is Timestamp end:
                body["expirationTime"] = ResourceJson.Int64(end.Micros / 1000);
                break;
            case "require_partition_filter" when value is bool required:
                body["requirePartitionFilter"] = required;
                break;
            case "partition_expiration_days" when value is long or double or NumericValue && body["timePartitioning"] is JsonObject partitioning:
                var days = double.Parse(FormattableString.Invariant($"{value}"), System.Globalization.CultureInfo.InvariantCulture);
                partitioning["expirationMs"] = ResourceJson.Int64((long)TimeSpan.FromDays(days).TotalMilliseconds);
                break;
            default:
                throw new GoogleSqlException($"Not supported: option {name}, or this value of it", position);
        }
    }
}
