using System.Text.Json;
using PixelPipeline.Collecting;
using PixelPipeline.Events;

namespace PixelPipeline.Cli.Targets;

/// <summary>Whether an event with some fields becomes a row, told before anything is sent. Safe for concurrent use.</summary>
/// <param name="schema">The events' schema.</param>
/// <param name="refuseUnknown">Whether a field that the schema lacks is an error; a pixel leaves it out.</param>
internal sealed class FieldCheck(EventSchema schema, bool refuseUnknown)
{
    private readonly EventContract _contract = new(schema, TransformationFile.None, refuseUnknown);

    /// <summary>Whether a field is kept: an attribute of the schema.</summary>
    public bool IsKept(string field) => schema.IsAttribute(field);

    /// <summary>The attributes that every event must have and that these fields lack.</summary>
    public IEnumerable<string> MissingOf(IEnumerable<string> fields) =>
        schema.Columns.Where(c => c.IsRequired && schema.IsAttribute(c.Name)).Select(c => c.Name).Except(fields);

    /// <summary>Why an event with these fields would not become a row; null where it would.</summary>
    public FieldError? ErrorIn(IReadOnlyDictionary<string, string> fields) =>
        !EventBody.TryRead(JsonSerializer.SerializeToUtf8Bytes(fields), out var events, out var unreadable) ? unreadable
        : _contract.Apply(events) is [var error, ..] ? error : null;
}
