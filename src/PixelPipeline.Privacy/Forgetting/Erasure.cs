using PixelPipeline.Privacy.Places;

namespace PixelPipeline.Privacy.Forgetting;

/// <summary>
/// Erases a person from all places, in their order. It may be killed at any moment and run again: each run searches everything
/// anew, and what was found before is kept in the state.
/// </summary>
/// <param name="person">Whom.</param>
/// <param name="places">Where; raw entries first, so that nothing is delivered from them while tables are done.</param>
/// <param name="state">What earlier runs did.</param>
/// <param name="rewrite">Has the database rewrite its files, so that nothing of what was deleted is left in them; null where that is not for us to do.</param>
/// <param name="progress">Told what is under way, in a clause.</param>
public sealed class Erasure(Person person, IReadOnlyList<Place> places, ForgetState state, Func<CancellationToken, Task>? rewrite, Action<string> progress)
{
    private const int MostPasses = 5;

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    /// <summary>Counts what there is. Changes nothing.</summary>
    public static async Task<IReadOnlyList<PlaceResult>> SearchAsync(Person person, IReadOnlyList<Place> places, Action<string> progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(places);
        ArgumentNullException.ThrowIfNull(progress);
        var results = new List<PlaceResult>();
        foreach (var place in places)
        {
            progress($"searching {place.Name}");
            results.Add(new PlaceResult(place, await place.SearchAsync(person, cancellationToken), null));
        }

        return results;
    }

    /// <summary>Erases, until a search finds nothing but what cannot be erased yet. Entries that were under way meanwhile take another pass.</summary>
    /// <exception cref="PlaceException">A place cannot be searched or changed; the others before it are done.</exception>
    /// <param name="wait">Whether to come back for what can be erased later, until it is.</param>
    /// <param name="time">Times the waiting.</param>
    /// <param name="cancellationToken">Breaks it off.</param>
    public async Task<IReadOnlyList<PlaceResult>> RunAsync(bool wait, TimeProvider time, CancellationToken cancellationToken)
    {
        state.FinishBlanking();
        var left = new Dictionary<string, Remainder>();
        await PassesAsync(left, cancellationToken);
        for (var pause = FirstPause; wait && left.Values.Any(l => l.Until is not null); pause = pause < LongestPause ? pause * 2 : LongestPause)
        {
            progress($"waiting for {left.Values.Where(l => l.Until is not null).Sum(l => l.Records)} records that cannot be erased yet");
            await Task.Delay(pause, time, cancellationToken);
            await PassesAsync(left, cancellationToken);
        }

        if (rewrite is not null)
        {
            progress("rewriting the database");
            await rewrite(cancellationToken);
        }

        return [.. places.Select(place => new PlaceResult(place, FoundIn(place), left.GetValueOrDefault(place.Name)))];
    }

    private async Task PassesAsync(Dictionary<string, Remainder> left, CancellationToken cancellationToken)
    {
        for (var pass = 0; pass < MostPasses && await PassAsync(left, cancellationToken); pass++)
        {
        }
    }

    private Holding FoundIn(Place place)
    {
        var found = state.Of(place);
        return new Holding(found.Records, found.Bytes, found.Containers);
    }

    // True where something was erased.
    private async Task<bool> PassAsync(Dictionary<string, Remainder> left, CancellationToken cancellationToken)
    {
        var isErased = false;
        foreach (var place in places)
        {
            progress($"searching {place.Name}");
            var found = await place.SearchAsync(person, cancellationToken);
            var known = state.Of(place);
            known.Note(found);
            state.Save(); // before anything is deleted: it cannot be counted afterwards
            left.Remove(place.Name);
            if (found.Records == 0)
            {
                continue;
            }

            progress($"erasing {found.Records} records of {place.Name}");
            var remainder = await place.ForgetAsync(person, state, cancellationToken);
            if (remainder is not null)
            {
                left[place.Name] = remainder;
            }

            known.Left = remainder?.Records ?? 0;
            isErased |= known.Left < found.Records;
            state.Save();
        }

        return isErased;
    }
}
