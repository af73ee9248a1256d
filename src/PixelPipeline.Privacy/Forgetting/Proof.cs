using System.Globalization;
using System.Text;

namespace PixelPipeline.Privacy.Forgetting;

/// <summary>
/// What was done, as a text that a person can send on: what was searched, what was found, what is left and until when. It
/// names the person by a reference only, so that it can be kept.
/// </summary>
public sealed record Proof
{
    /// <summary>The person's reference: the first digits of a keyed hash.</summary>
    public required string Reference { get; init; }

    /// <summary>Whose data: the dataset and its base table, <c>my-project.pixels.pixel</c>.</summary>
    public required string Pipeline { get; init; }

    /// <summary>When it was begun, UTC.</summary>
    public required DateTime Begun { get; init; }

    /// <summary>When it was written, UTC.</summary>
    public required DateTime Written { get; init; }

    /// <summary>The places.</summary>
    public required IReadOnlyList<PlaceResult> Places { get; init; }

    /// <summary>Sentences about what stays out of reach for a while, or altogether.</summary>
    public required IReadOnlyList<string> Remains { get; init; }

    /// <summary>Whether nothing is left that we can still erase.</summary>
    public bool IsComplete => Places.All(p => p.Left is null);

    /// <summary>The text, with line ends of the system.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.AppendLine(IsComplete ? "ERASURE OF PERSONAL DATA" : "ERASURE OF PERSONAL DATA, NOT FINISHED YET");
        text.AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"Reference  {Reference}");
        text.AppendLine(CultureInfo.InvariantCulture, $"Data of    {Pipeline}");
        text.AppendLine(CultureInfo.InvariantCulture, $"Begun      {At(Begun)}");
        text.AppendLine(CultureInfo.InvariantCulture, $"Written    {At(Written)}");
        text.AppendLine();
        text.AppendLine("Searched for records of this person, and erased:");
        text.AppendLine();
        foreach (var place in Places)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  {place.Place.Name}: {Erased(place)}");
        }

        text.AppendLine();
        text.AppendLine("What is left, and until when:");
        text.AppendLine();
        foreach (var sentence in Places.Where(p => p.Left is not null).Select(Left).Concat(Remains))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  - {sentence}");
        }

        return text.ToString();
    }

    private static string Erased(PlaceResult place) => place.Found.Records == 0
        ? "nothing found"
        : string.Create(CultureInfo.InvariantCulture,
            $"{PlaceResult.Count(place.Found.Records, "records")} found (about {place.Found.Bytes:N0} bytes, in {place.FoundIn}), {place.Found.Records - (place.Left?.Records ?? 0):N0} erased");

    private static string Left(PlaceResult place) => string.Create(CultureInfo.InvariantCulture,
        $"{place.Place.Name}: {PlaceResult.Count(place.Left!.Records, "records")} {(place.Left.Records == 1 ? "is" : "are")} {place.Left.Why}{(place.Left.Until is { } until ? $", until {At(until)} at the latest" : "")}.");

    private static string At(DateTime time) => time.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
