using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace PixelPipeline.Deploy.Tests.Cloud;

/// <summary>
/// A project as <c>gcloud</c> and <c>bq</c> see it. It refuses to make what exists, to use what does not, and to delete
/// what something else still uses, and it fails where a test says so.
/// </summary>
internal sealed partial class CloudState
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, JsonObject> _things = new(StringComparer.Ordinal);
    private int _serial;

    public CloudState()
    {
        Put("project", new JsonObject { ["grants"] = new JsonArray() });
        Put("sink/_Default", new JsonObject { ["exclusions"] = new JsonArray() });
    }

    /// <summary>A cloud of its own in the state that another one is in, without its history.</summary>
    public CloudState(CloudState other)
    {
        _serial = other._serial;
        foreach (var (key, thing) in other._things)
        {
            Put(key, (JsonObject)thing.DeepClone());
        }
    }

    /// <summary>Every call so far, refused and failed ones too.</summary>
    public List<Call> Calls { get; } = [];

    /// <summary>What was made, in order.</summary>
    public List<string> Made { get; } = [];

    /// <summary>Called before each call; returns an error text to fail it with.</summary>
    public Func<Call, string?> FailBefore { get; set; } = _ => null;

    /// <summary>Called after each call took effect; returns an error text to answer instead.</summary>
    public Func<Call, string?> FailAfter { get; set; } = _ => null;

    public IEnumerable<string> Keys => _things.Keys;

    public JsonObject this[string key] =>
        _things.TryGetValue(key, out var thing) ? thing : throw new RefusedException($"NOT_FOUND: {key} was not found");

    public bool Has(string key) => _things.ContainsKey(key);

    /// <summary>A part of a name that the cloud chooses, new each time.</summary>
    public string NextSerial() => string.Create(CultureInfo.InvariantCulture, $"s{++_serial:0000}");

    /// <summary>Everything that is there, without the parts of names that differ from run to run.</summary>
    public string Describe() => string.Join('\n', _things
        .Select(t => WithoutSerials($"{t.Key} {t.Value.ToJsonString()}"))
        .Order(StringComparer.Ordinal));

    /// <summary>A text without the parts of names that differ from run to run.</summary>
    public static string WithoutSerials(string text) => Serial().Replace(text, "s#");

    public Answer Run(Call call)
    {
        lock (_gate)
        {
            Calls.Add(call);
            if (FailBefore(call) is { } before)
            {
                return new Answer(1, before);
            }

            try
            {
                var answer = call.Tool == "bq" ? Bq.Run(this, call) : Gcloud.Run(this, call);
                return FailAfter(call) is { } after ? new Answer(1, after) : answer;
            }
            catch (RefusedException refused)
            {
                return call.Tool == "bq"
                    ? new Answer(2, $"BigQuery error in operation: {refused.Message}\n")
                    : new Answer(1, $"ERROR: (gcloud) {refused.Message}\n");
            }
        }
    }

    public void Make(string key, JsonObject thing, params string[] uses)
    {
        if (Has(key))
        {
            throw new RefusedException($"ALREADY_EXISTS: {key} already exists");
        }

        foreach (var used in uses)
        {
            _ = this[used];
        }

        thing["uses"] = new JsonArray([.. uses.Select(u => (JsonNode)u)]);
        Made.Add(key);
        Put(key, thing);
    }

    public void Put(string key, JsonObject thing) => _things[key] = thing;

    public void Delete(string key)
    {
        _ = this[key];
        foreach (var (other, thing) in _things)
        {
            if (thing["uses"] is JsonArray uses && uses.Any(u => (string?)u == key))
            {
                throw new RefusedException($"{key} is being used by {other}");
            }
        }

        _things.Remove(key);
    }

    [GeneratedRegex(@"\bs\d{4}\b")]
    private static partial Regex Serial();
}
