using System.Text.Json;
using System.Text.Json.Serialization;

namespace PixelPipeline.GoogleCloud.BigQuery;

/// <summary>What BigQuery answers to an insert with success: which rows have errors, if any.</summary>
/// <param name="InsertErrors">Null where there are none.</param>
/// <seealso href="https://cloud.google.com/bigquery/docs/reference/rest/v2/tabledata/insertAll#response-body"/>
internal sealed record InsertAnswer(IReadOnlyList<InsertAnswer.RowErrors?>? InsertErrors)
{
    /// <summary>The errors by their row's place in the request.</summary>
    [JsonIgnore]
    public IEnumerable<IGrouping<long?, Error>> ErrorsByRow =>
        from row in InsertErrors ?? []
        where row is not null
        from error in row.Errors is { Count: > 0 } errors ? errors : [new Error(null, null, null)]
        group error by row.Index;

    /// <summary>Reads an answer's body.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static InsertAnswer Read(ReadOnlySpan<byte> body) =>
        JsonSerializer.Deserialize(body, InsertAnswerJson.Default.InsertAnswer) ?? throw new JsonException("The answer is null.");

    /// <summary>The errors of one row.</summary>
    /// <param name="Index">The row's place in the request.</param>
    /// <param name="Errors">At least one.</param>
    internal sealed record RowErrors(long? Index, IReadOnlyList<Error>? Errors);

    /// <summary>One error.</summary>
    /// <param name="Reason">Such as <c>invalid</c>.</param>
    /// <param name="Location">Mostly the column.</param>
    /// <param name="Message">For people.</param>
    internal sealed record Error(string? Reason, string? Location, string? Message);
}

/// <summary>Compiled ahead: a cold start has no time for reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, NumberHandling = JsonNumberHandling.AllowReadingFromString)]
[JsonSerializable(typeof(InsertAnswer))]
internal sealed partial class InsertAnswerJson : JsonSerializerContext;
