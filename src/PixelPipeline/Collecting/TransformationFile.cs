using System.Text;
using System.Text.Json;
using PixelPipeline.Events;

namespace PixelPipeline.Collecting;

/// <summary>
/// Reads <c>transformations.json</c>, an array of steps that are taken in order before an event is checked:
/// <c>{"rename":"id","to":"event_id"}</c>, <c>{"constant":"type","value":"reading"}</c>,
/// <c>{"epoch":"epoch","to":"read_at","unit":"seconds"}</c>,
/// <c>{"bucket":"temperature","to":"temp_group","bounds":[10,25],"labels":["A","B","C"]}</c>.
/// </summary>
public sealed class TransformationFile
{
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    private readonly string _fileName;
    private readonly List<Transformation> _steps = [];

    private TransformationFile(string fileName) => _fileName = fileName;

    /// <summary>No transformation: what is posted is checked as it is.</summary>
    public static TransformationFile None { get; } = new("");

    internal IReadOnlyList<Transformation> Steps => _steps;

    /// <summary>Whether a step takes the field of this name.</summary>
    internal bool Takes(string field) => _steps.Exists(step => SourceOf(step) == field);

    /// <summary>Reads the file.</summary>
    /// <param name="json">Its bytes, UTF-8. Comments and trailing commas are accepted.</param>
    /// <param name="fileName">What messages call it.</param>
    /// <param name="schema">What its results must be attributes of.</param>
    /// <exception cref="SchemaException">It has an error; the message names file, step and what to mend.</exception>
    public static TransformationFile Parse(ReadOnlyMemory<byte> json, string fileName, EventSchema schema)
    {
        var file = new TransformationFile(fileName);
        json = json.Span.StartsWith(Encoding.UTF8.Preamble) ? json[Encoding.UTF8.Preamble.Length..] : json;
        try
        {
            using var document = JsonDocument.Parse(json, Lenient);
            file.Read(document.RootElement, schema);
        }
        catch (JsonException e)
        {
            var mistake = JsonMistake.Of(json.Span, e);
            throw new SchemaException($"{fileName} line {mistake.Line}: {mistake.Message}");
        }

        return file;
    }

    private void Read(JsonElement root, EventSchema schema)
    {
        if (root.ValueKind != JsonValueKind.Array)
        {
            throw new SchemaException($"{_fileName}: transformations are a JSON array of steps: [{{\"rename\": …, \"to\": …}}, …]");
        }

        foreach (var (index, element) in root.EnumerateArray().Index())
        {
            var step = new TransformationStep(_fileName, index + 1, element);
            _steps.Add(step.Read());
        }

        CheckResults(schema);
        CheckId();
    }

    // A result that nothing takes is a misspelling: the event would lose it in silence.
    private void CheckResults(EventSchema schema)
    {
        for (var i = 0; i < _steps.Count; i++)
        {
            var result = ResultOf(_steps[i]);
            var isUsed = result == CollectedEvent.IdField || schema.IsAttribute(result) || _steps.Skip(i + 1).Any(later => SourceOf(later) == result);
            if (!isUsed)
            {
                throw new SchemaException($"{_fileName} step {i + 1}: \"{result}\" is neither an attribute of the schema nor used by a later step");
            }
        }
    }

    // De-duplication would leave one of all the events that are given the same id.
    private void CheckId()
    {
        var shared = new HashSet<string>(StringComparer.Ordinal); // fields whose values many events have in common
        foreach (var (index, step) in _steps.Index())
        {
            if (step is Transformation.Constant or Transformation.Bucket || (SourceOf(step) is { } source && shared.Contains(source)))
            {
                shared.Add(ResultOf(step));
            }

            if (shared.Contains(CollectedEvent.IdField))
            {
                throw new SchemaException($"{_fileName} step {index + 1}: \"{CollectedEvent.IdField}\" must come from the client: many events would have the same, and count as one");
            }
        }
    }

    private static string ResultOf(Transformation step) => step switch
    {
        Transformation.Rename rename => rename.To,
        Transformation.Constant constant => constant.Field,
        Transformation.Epoch epoch => epoch.To,
        Transformation.Bucket bucket => bucket.To,
        _ => throw new InvalidOperationException($"Unknown step {step}."),
    };

    private static string? SourceOf(Transformation step) => step switch
    {
        Transformation.Rename rename => rename.From,
        Transformation.Epoch epoch => epoch.Field,
        Transformation.Bucket bucket => bucket.Field,
        _ => null,
    };
}
