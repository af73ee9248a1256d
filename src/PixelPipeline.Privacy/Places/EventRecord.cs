using Google.Cloud.BigQuery.V2;
using PixelPipeline.GoogleCloud.BigQuery;

namespace PixelPipeline.Privacy.Places;

/// <summary>Makes records of rows.</summary>
internal static class EventRecord
{
    /// <summary>A row of an event, told apart by its <c>event_id</c>.</summary>
    public static HeldRecord Of(BigQueryRow row) => new(HeldRecord.Events, IdOf(row), FieldsOf(row));

    /// <summary>All columns of a row.</summary>
    public static List<KeyValuePair<string, object?>> FieldsOf(BigQueryRow row) =>
        [.. row.Schema.Fields.Select((field, i) => KeyValuePair.Create(field.Name, RowValues.Of(row, i)))];

    private static string IdOf(BigQueryRow row) => row.Schema.Fields.Any(f => f.Name == "event_id") && row["event_id"] is string id ? id : Guid.NewGuid().ToString("N");
}
