using System.Text.Json;
using PixelPipeline.Events;

namespace PixelPipeline.Collecting;

/// <summary>Reads one step of a transformations file.</summary>
/// <param name="fileName">What messages call the file.</param>
/// <param name="number">The step's number, from 1.</param>
/// <param name="step">Its JSON.</param>
internal sealed class TransformationStep(string fileName, int number, JsonElement step)
{
    /// <exception cref="SchemaException">It is none of the four, or lacks something.</exception>
    public Transformation Read()
    {
        if (step.ValueKind != JsonValueKind.Object)
        {
            throw Error("each step is an object");
        }

        try
        {
            return ReadKnown();
        }
        catch (InvalidOperationException)
        {
            throw Error("a text is no Unicode; check its \\u escapes, and that the file is saved as UTF-8");
        }
    }

    private Transformation ReadKnown()
    {
        var known = (string[])["rename", "constant", "epoch", "bucket"];
        return Array.Find(known, name => step.TryGetProperty(name, out _)) switch
        {
            "rename" => ReadRename(),
            "constant" => ReadConstant(),
            "epoch" => ReadEpoch(),
            "bucket" => ReadBucket(),
            _ => throw Error("a step begins with one of \"rename\", \"constant\", \"epoch\", \"bucket\""),
        };
    }

    private Transformation.Rename ReadRename()
    {
        Allow("rename", "to");
        return new(Text("rename"), Text("to"));
    }

    private Transformation.Constant ReadConstant()
    {
        Allow("constant", "value");
        return new(Text("constant"), Text("value"));
    }

    private Transformation.Epoch ReadEpoch()
    {
        Allow("epoch", "to", "unit");
        var unit = step.TryGetProperty("unit", out _) ? Text("unit") : "seconds";
        return new(Text("epoch"), Text("to"), unit switch
        {
            "seconds" => 1_000_000,
            "milliseconds" => 1_000,
            "microseconds" => 1,
            _ => throw Error("\"unit\" is not one of seconds, milliseconds, microseconds"),
        });
    }

    private Transformation.Bucket ReadBucket()
    {
        Allow("bucket", "to", "bounds", "labels");
        var bounds = List("bounds", element => element.ValueKind == JsonValueKind.Number && element.TryGetDecimal(out var bound) ? bound : throw Error("\"bounds\" must be numbers"));
        var labels = List("labels", element => element.ValueKind == JsonValueKind.String ? element.GetString()! : throw Error("\"labels\" must be texts"));
        if (bounds.Count == 0 || labels.Count != bounds.Count + 1)
        {
            throw Error("there must be one label more than \"bounds\", and at least one bound");
        }

        if (bounds.Zip(bounds.Skip(1)).Any(pair => pair.First >= pair.Second))
        {
            throw Error("\"bounds\" must rise");
        }

        return new(Text("bucket"), Text("to"), bounds, labels);
    }

    private string Text(string property) =>
        step.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text
            ? text
            : throw Error($"\"{property}\" must be a text in quotes");

    private List<T> List<T>(string property, Func<JsonElement, T> read) =>
        step.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.Array
            ? [.. value.EnumerateArray().Select(read)]
            : throw Error($"\"{property}\" must be an array");

    private void Allow(params string[] properties)
    {
        foreach (var property in step.EnumerateObject())
        {
            if (!properties.Contains(property.Name))
            {
                throw Error($"only {string.Join(", ", properties.Select(p => $"\"{p}\""))} belong here");
            }
        }
    }

    private SchemaException Error(string message) => new(FormattableString.Invariant($"{fileName} step {number}: {message}"));
}
