package eval

import "github.com/zclconf/go-cty/cty"

// Size is about how many bytes a value needs; what is not known needs none.
func Size(v cty.Value) int {
	switch {
	case v == cty.NilVal || !v.IsKnown() || v.IsNull():
		return 0
	case v.Type() == cty.String:
		return len(v.AsString())
	case v.Type() == cty.Number:
		f := v.AsBigFloat()
		if e := f.MantExp(nil); f.IsInf() || e > maxBits || e < -maxBits {
			return maxPut + 1 // its digits fill the memory
		}
		return 8
	case v.CanIterateElements():
		n := 0
		for it := v.ElementIterator(); it.Next() && n <= maxPut; {
			_, x := it.Element()
			n += 16 + Size(x)
		}
		return n
	default:
		return 8
	}
}

// sizeOfVal is sizeOf for values that may hold run-time values.
func sizeOfVal(v Val) int {
	n := 0
	switch v := v.(type) {
	case Known:
		return Size(v.V)
	case Later:
		for _, s := range v.Segs {
			n += len(s.Lit) + 16
		}
	case List:
		for _, i := range v.Items {
			n += 16 + sizeOfVal(i)
		}
	case Object:
		for _, i := range v.Items {
			n += 16 + sizeOfVal(i)
		}
	}
	return n
}
