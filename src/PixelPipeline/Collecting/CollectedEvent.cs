namespace PixelPipeline.Collecting;

/// <summary>One event as a client posted it: names and values, of a repeated name the first. Not for concurrent use.</summary>
public sealed class CollectedEvent
{
    /// <summary>The field that holds a client's own id of the event.</summary>
    public const string IdField = "event_id";

    private readonly Dictionary<string, FieldValue> _fields = new(StringComparer.Ordinal);

    internal CollectedEvent(int? index) => Index = index;

    /// <summary>Its place in the body, from 0; null where the body is one event.</summary>
    public int? Index { get; }

    internal IReadOnlyDictionary<string, FieldValue> Fields => _fields;

    internal void AddFirst(string name, FieldValue value) => _fields.TryAdd(name, value);

    internal bool TryTake(string name, out FieldValue value) => _fields.Remove(name, out value);

    internal bool TryGet(string name, out FieldValue value) => _fields.TryGetValue(name, out value);

    internal void Set(string name, FieldValue value) => _fields[name] = value;

    internal void Remove(string name) => _fields.Remove(name);

    internal FieldError ErrorAt(string field, string message) => new(Index, field, message);
}
