using System.Text.RegularExpressions;

namespace PixelPipeline.GoogleCloud.BigQuery;

/// <summary>What a successful answer says of the rows that were sent, by their place in the request.</summary>
/// <param name="Invalid">BigQuery's words on each row that it can never take.</param>
/// <param name="Doubtful">Rows with an error that no page explains: neither committed nor invalid.</param>
internal sealed partial record InsertErrors(IReadOnlyDictionary<int, string> Invalid, IReadOnlySet<int> Doubtful)
{
    private const string InvalidReason = "invalid";

    /// <summary>True where every row is committed.</summary>
    public bool AreNone { get; private init; }

    /// <summary>True where a row has a column that the table lacks, which it may be given.</summary>
    public bool LackColumn { get; private init; }

    /// <summary>No row has any.</summary>
    public static InsertErrors None { get; } = new(new Dictionary<int, string>(), new HashSet<int>()) { AreNone = true };

    /// <summary>Reads an answer.</summary>
    /// <exception cref="IncompleteInsertException">All rows must be sent again after a pause.</exception>
    /// <exception cref="UnplacedErrorException">A row is invalid, and it is not said which.</exception>
    public static InsertErrors Read(InsertAnswer answer, int rowCount)
    {
        if (answer.InsertErrors is null)
        {
            return None;
        }

        var invalid = new Dictionary<int, string>();
        var doubtful = new HashSet<int>();
        string? reason = null;
        var count = 0;
        var lackColumn = false;
        foreach (var row in answer.ErrorsByRow)
        {
            count++;
            List<InsertAnswer.Error> errors = [.. row];
            reason ??= errors.FirstOrDefault()?.Reason;
            var index = row.Key is >= 0 and var i && i < rowCount ? (int?)i : null;
            if (errors.Find(e => e.Reason == InvalidReason) is { } error)
            {
                lackColumn |= NoSuchField().IsMatch(error.Message ?? "");
                invalid.Add(index ?? throw new UnplacedErrorException(Describe(error)), Describe(error));
            }
            else if (index is { } place && errors.Exists(e => !BigQueryFailure.IsRetryable(e.Reason)))
            {
                doubtful.Add(place);
            }
        }

        // Sending the doubtful rows apart helps the others once; after that, only a pause can help.
        return count == 0 || invalid.Count > 0 || (doubtful.Count > 0 && doubtful.Count < rowCount)
            ? new InsertErrors(invalid, doubtful) { AreNone = count == 0, LackColumn = lackColumn }
            : throw new IncompleteInsertException(reason);
    }

    private static string Describe(InsertAnswer.Error error) =>
        BigQueryFailure.OneLine(string.IsNullOrEmpty(error.Location) ? error.Message ?? "" : $"{error.Location}: {error.Message}");

    // At the start only, since a message may quote a visitor's value.
    [GeneratedRegex("^no such field", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex NoSuchField();
}
