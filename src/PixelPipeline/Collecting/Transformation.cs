using System.Globalization;
using System.Text.Json;

namespace PixelPipeline.Collecting;

/// <summary>One change to an event before it is checked; the closed family of what a transformations file can say.</summary>
internal abstract record Transformation
{
    /// <summary>Changes an event, or says why it cannot; an event without the field stays as it is.</summary>
    public abstract FieldError? Apply(CollectedEvent collected);

    /// <summary>A field under another name, in place of what may have been there.</summary>
    public sealed record Rename(string From, string To) : Transformation
    {
        public override FieldError? Apply(CollectedEvent collected)
        {
            if (collected.TryTake(From, out var value))
            {
                collected.Set(To, value);
            }

            return null;
        }
    }

    /// <summary>A field that has the same value in every event, whatever was sent.</summary>
    public sealed record Constant(string Field, string Value) : Transformation
    {
        public override FieldError? Apply(CollectedEvent collected)
        {
            collected.Set(Field, FieldValue.Made(Value, Field));
            return null;
        }
    }

    /// <summary>Time since 1970 as a timestamp in UTC; whole microseconds, what is finer is cut off.</summary>
    public sealed record Epoch(string Field, string To, long MicrosecondsInUnit) : Transformation
    {
        public override FieldError? Apply(CollectedEvent collected)
        {
            if (!collected.TryGet(Field, out var value) || value.IsNothing)
            {
                return null;
            }

            if (!value.IsScalar || ToInstant(value.Text) is not { } instant)
            {
                return collected.ErrorAt(value.Origin, "must be a number of time since 1970.");
            }

            collected.Remove(Field);
            collected.Set(To, FieldValue.Made(instant.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture), value.Origin));
            return null;
        }

        /// <summary>More microseconds than from the year 1 to 9999, and few enough for exact arithmetic.</summary>
        private const decimal MostMicroseconds = 1e18m;

        private DateTime? ToInstant(string text)
        {
            if (!decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                || Math.Abs(number) > MostMicroseconds / MicrosecondsInUnit)
            {
                return null;
            }

            var microseconds = Math.Floor(number * MicrosecondsInUnit);
            var ticks = (microseconds * TimeSpan.TicksPerMicrosecond) + DateTime.UnixEpoch.Ticks;
            return ticks >= DateTime.MinValue.Ticks && ticks <= DateTime.MaxValue.Ticks ? new DateTime((long)ticks, DateTimeKind.Utc) : null;
        }
    }

    /// <summary>The group that a number is in: the first label below the first bound, the next from there on, and so forth.</summary>
    public sealed record Bucket(string Field, string To, IReadOnlyList<decimal> Bounds, IReadOnlyList<string> Labels) : Transformation
    {
        public override FieldError? Apply(CollectedEvent collected)
        {
            if (!collected.TryGet(Field, out var value) || value.IsNothing)
            {
                return null;
            }

            if (value.Kind is not (JsonValueKind.Number or JsonValueKind.String)
                || !decimal.TryParse(value.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            {
                return collected.ErrorAt(value.Origin, "must be a number.");
            }

            collected.Set(To, FieldValue.Made(Labels[Bounds.Count(bound => number >= bound)], value.Origin));
            return null;
        }
    }
}
