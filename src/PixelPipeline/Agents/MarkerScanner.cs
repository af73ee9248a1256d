using System.Text;

namespace PixelPipeline.Agents;

/// <summary>
/// Finds all markers in a text in one pass over its bytes, however many markers there are: an Aho-Corasick automaton
/// whose every state has its next state for each class of bytes.
/// </summary>
/// <seealso href="https://doi.org/10.1145/360825.360855"/>
internal sealed class MarkerScanner
{
    private readonly byte[] _classes = new byte[256]; // 0: no marker has such a byte
    private readonly int _width;
    private readonly int[] _next; // of the entry at state + class; the complement of a state that ends a marker
    private readonly Marker[][] _found; // by state over width

    /// <summary>Builds the automaton.</summary>
    /// <param name="markers">Lower case, ASCII.</param>
    public MarkerScanner(IReadOnlyList<Marker> markers)
    {
        var characters = markers.SelectMany(m => m.Text).Distinct().Order().ToArray();
        _width = characters.Length + 1;
        foreach (var (index, character) in characters.Index())
        {
            _classes[character] = _classes[char.ToUpperInvariant(character)] = (byte)(index + 1);
        }

        var tree = new List<int[]> { new int[_width] };
        var found = new List<List<Marker>> { new() };
        foreach (var marker in markers)
        {
            Grow(tree, found, marker);
        }

        Link(tree, found);
        _next = [.. tree.SelectMany(state => state).Select(to => found[to].Count > 0 ? ~(to * _width) : to * _width)];
        _found = [.. found.Select(f => f.ToArray())];
    }

    /// <summary>The signs of all markers that stand in a text.</summary>
    public SignSet Scan(ReadOnlySpan<byte> text)
    {
        var signs = new SignSet();
        var (next, classes, state) = (_next, _classes, 0);
        for (var i = 0; i < text.Length; i++)
        {
            state = next[state + classes[text[i]]];
            if (state < 0)
            {
                state = ~state;
                Take(text, i, _found[state / _width], ref signs);
            }
        }

        return signs;
    }

    private static void Take(ReadOnlySpan<byte> text, int last, Marker[] found, ref SignSet signs)
    {
        foreach (var marker in found)
        {
            var before = last - marker.Text.Length;
            if (((marker.Ends & WordEnds.Start) == 0 || before < 0 || !char.IsAsciiLetterOrDigit((char)text[before]))
                && ((marker.Ends & WordEnds.End) == 0 || last + 1 == text.Length || !char.IsAsciiLetter((char)text[last + 1])))
            {
                signs.Add(marker.Sign);
            }
        }
    }

    private void Grow(List<int[]> tree, List<List<Marker>> found, Marker marker)
    {
        var state = 0;
        foreach (var b in Encoding.ASCII.GetBytes(marker.Text))
        {
            ref var next = ref tree[state][_classes[b]];
            if (next == 0)
            {
                next = tree.Count;
                tree.Add(new int[_width]);
                found.Add([]);
            }

            state = next;
        }

        found[state].Add(marker);
    }

    // Breadth first: what a state lacks it has from the state of its longest proper ending, which is done before it.
    private void Link(List<int[]> tree, List<List<Marker>> found)
    {
        var endings = new int[tree.Count];
        var waiting = new Queue<int>(tree[0].Where(s => s != 0));
        while (waiting.TryDequeue(out var state))
        {
            found[state].AddRange(found[endings[state]]);
            for (var c = 0; c < _width; c++)
            {
                ref var next = ref tree[state][c];
                var other = tree[endings[state]][c];
                if (next == 0)
                {
                    next = other;
                }
                else
                {
                    endings[next] = other;
                    waiting.Enqueue(next);
                }
            }
        }
    }
}
