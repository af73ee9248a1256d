using PixelPipeline.LocalBigQuery.Api;
using PixelPipeline.LocalBigQuery.Rows;
using PixelPipeline.LocalBigQuery.Schemas;

namespace PixelPipeline.LocalBigQuery.Loads;

/// <summary>The rows of a load that do not fit, counted, and the first of them told in BigQuery's sentences.</summary>
internal sealed class LoadErrors(long maxBadRecords)
{
    private const int Told = 10;
    private const string Reading = "Error while reading data, error message:";

    private readonly List<ApiException> _details = [];
    private long _rows;

    /// <summary>How many rows do not fit.</summary>
    public long Count { get; private set; }

    /// <summary>Whether there are more than the load allows.</summary>
    public bool IsTooMany => Count > maxBadRecords;

    /// <summary>The errors of the job, after the one that it failed for if it did.</summary>
    public IEnumerable<ApiException> Details => IsTooMany ? _details.Prepend(Processing()) : _details;

    /// <summary>Adds a row.</summary>
    /// <param name="line">Its line, from 1.</param>
    /// <param name="position">Where it begins, in bytes, after decompression.</param>
    /// <param name="misfit">What is wrong with it; null when it fits.</param>
    public void Add(long line, long position, RowMisfit? misfit)
    {
        _rows++;
        if (misfit is null)
        {
            return;
        }

        Count++;
        if (_details.Count < Told)
        {
            _details.Add(Invalid($"JSON parsing error in row starting at position {position}: {Sentence(misfit)} (line {line})"));
        }
    }

    /// <summary>What the job fails for when there are too many.</summary>
    public ApiException TooMany() => Invalid(
        $"JSON table encountered too many errors, giving up. Rows: {_rows}; errors: {Count}. Please look into the errors[] collection for more details.");

    private ApiException Processing() => Invalid(
        $"JSON processing encountered too many errors, giving up. Rows: {_rows}; errors: {Count}; max bad: {maxBadRecords}; error percent: 0");

    private static string Sentence(RowMisfit misfit) => misfit.Type is { } type
        ? $"Could not convert value to {Word(type)}. Field: {misfit.Field}; Value: {misfit.Value}"
        : misfit.Message;

    private static string Word(FieldType type) => type == FieldType.Float ? "double" : type.ToString().ToLowerInvariant();

    private static ApiException Invalid(string message) => ApiException.Invalid($"{Reading} {message}");
}
