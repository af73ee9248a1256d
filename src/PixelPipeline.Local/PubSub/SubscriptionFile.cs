using System.Text.Json;
using PixelPipeline.Files;

namespace PixelPipeline.Local.PubSub;

/// <summary>The file that keeps a <see cref="SubscriptionState"/>: replaced as a whole, so that it is never half written.</summary>
internal sealed class SubscriptionFile(string path)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>The file of a subscription in a data folder.</summary>
    /// <param name="data">The folder; to save, it must be locked by this process.</param>
    /// <param name="subscriptionId">Letters, digits and hyphens.</param>
    public static SubscriptionFile Of(DataFolder data, string subscriptionId) =>
        new(Path.Combine(data.Subscriptions, subscriptionId + ".json"));

    /// <summary>Reads the state, or the initial one where nothing was saved.</summary>
    /// <exception cref="InvalidDataException">The file was changed by something else.</exception>
    public SubscriptionState Load()
    {
        if (!File.Exists(path))
        {
            return SubscriptionState.Initial;
        }

        try
        {
            var state = JsonSerializer.Deserialize<SubscriptionState>(File.ReadAllBytes(path), Json);
            return state is not null && state.OldestSegment is var _ ? state : throw new FormatException("The file holds null.");
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            throw new InvalidDataException(
                $"{path} is not the state of a subscription. Without it, everything in the access log is delivered again.", e);
        }
    }

    /// <exception cref="IOException">The state that was saved before stays.</exception>
    public void Save(SubscriptionState state)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        DurableFile.Replace(path, JsonSerializer.SerializeToUtf8Bytes(state, Json));
    }
}
