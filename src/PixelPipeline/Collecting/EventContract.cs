using System.Text;
using PixelPipeline.Events;
using PixelPipeline.Events.Sources;
using PixelPipeline.Logs;

namespace PixelPipeline.Collecting;

/// <summary>
/// What makes a posted event acceptable: transformed, it has every REQUIRED column, be it of its own or of its client,
/// and each value fits its column.
/// Safe for concurrent use.
/// </summary>
public sealed class EventContract
{
    private const int MaxErrors = 100;
    private const int MaxIdLength = 1_024;

    private readonly EventSchema _schema;
    private readonly TransformationFile _transformations;
    private readonly bool _refuseUnknown;

    /// <summary>Sets a contract up.</summary>
    /// <param name="schema">What may be collected.</param>
    /// <param name="transformations">What happens before the check.</param>
    /// <param name="refuseUnknown">
    /// True: a field that is no attribute of the schema is an error, unless a transformation takes it; false: it is dropped.
    /// </param>
    public EventContract(EventSchema schema, TransformationFile transformations, bool refuseUnknown)
    {
        _schema = schema;
        _transformations = transformations;
        _refuseUnknown = refuseUnknown;
    }

    /// <summary>Transforms and checks events; what the schema does not list is gone from them afterwards.</summary>
    /// <param name="events">The events of one body; changed.</param>
    /// <param name="client">Their client; null where it is not known, so that what it fills cannot be checked.</param>
    /// <returns>What is wrong, at most 100 errors; none where all are acceptable.</returns>
    public IReadOnlyList<FieldError> Apply(IReadOnlyList<CollectedEvent> events, CollectedClient? client = null)
    {
        var errors = new List<FieldError>();
        foreach (var collected in events)
        {
            Transform(collected, errors);
            CheckFields(collected, errors);
            CheckRequired(collected, errors);
            CheckClient(collected, client, errors);
            if (errors.Count >= MaxErrors)
            {
                return errors[..MaxErrors];
            }
        }

        return errors;
    }

    private void Transform(CollectedEvent collected, List<FieldError> errors)
    {
        foreach (var step in _transformations.Steps)
        {
            if (step.Apply(collected) is { } error)
            {
                errors.Add(error);
            }
        }
    }

    private void CheckFields(CollectedEvent collected, List<FieldError> errors)
    {
        foreach (var (name, value) in collected.Fields.ToList())
        {
            if (name == CollectedEvent.IdField)
            {
                CheckId(collected, value, errors);
            }
            else if (FindAttribute(name) is not { } column)
            {
                collected.Remove(name);
                if (_refuseUnknown && !_transformations.Takes(name))
                {
                    errors.Add(collected.ErrorAt(value.Origin, "is not a field that is collected."));
                }
            }
            else if (!Fits(column, value))
            {
                errors.Add(collected.ErrorAt(value.Origin, ColumnError(column)));
            }
        }
    }

    private static void CheckId(CollectedEvent collected, FieldValue value, List<FieldError> errors)
    {
        if (!value.IsNothing && (!value.IsScalar || value.Text.Length > MaxIdLength))
        {
            errors.Add(collected.ErrorAt(value.Origin, $"must be a text or a number of at most {MaxIdLength} characters."));
        }
    }

    private int? FindAttribute(string name) =>
        _schema.IndexOf(name) is var index and >= 0 && _schema.SourceAt(index) is null ? index : null;

    private bool Fits(int column, FieldValue value) =>
        value.IsNothing || (value.IsScalar && ColumnValue.TryConvert(_schema.Columns[column].Type, value.Text, out _));

    private string ColumnError(int column) =>
        $"must be {_schema.Columns[column].Type.ToString().ToUpperInvariant()}, at most {EventSchema.MaxValueBytes} bytes.";

    private void CheckRequired(CollectedEvent collected, List<FieldError> errors)
    {
        for (var i = 0; i < _schema.Columns.Length; i++)
        {
            var column = _schema.Columns[i];
            var isMissing = column.IsRequired && _schema.SourceAt(i) is null
                && (!collected.TryGet(column.Name, out var value) || value.IsNothing);
            if (isMissing)
            {
                errors.Add(collected.ErrorAt(column.Name, "is required."));
            }
        }
    }

    // The processor would reject the event later, with nobody there to be told. What it would read of the entry that is
    // published is read here of one with the same client.
    private void CheckClient(CollectedEvent collected, CollectedClient? client, List<FieldError> errors)
    {
        for (var i = 0; client is { } known && i < _schema.Columns.Length; i++)
        {
            if (_schema.Columns[i].IsRequired && _schema.SourceAt(i) is { } source && !IsThere(source, collected, known))
            {
                errors.Add(collected.ErrorAt(source.Name, "is required, and comes from the request, which has none."));
            }
        }
    }

    private bool IsThere(ColumnSource source, CollectedEvent collected, CollectedClient client)
    {
        var entry = new LogEntry
        {
            Timestamp = default,
            EventId = default,
            UserAgent = Encoding.UTF8.GetBytes(client.UserAgent ?? ""),
            Referer = Encoding.UTF8.GetBytes(client.Referer ?? ""),
            RemoteIp = Encoding.UTF8.GetBytes(client.RemoteIp ?? ""),
        };
        var attributes = _schema.Columns.Select(c => collected.TryGet(c.Name, out var value) ? value.Text : null).ToArray();
        var facts = new EventFacts(in entry, query: default, _schema, attributes);
        return source.Read(ref facts) is not null;
    }
}
